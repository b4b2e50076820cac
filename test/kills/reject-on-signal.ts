/** Loaded into a process before the program: what nobody catches, thrown or rejected in turn, at each SIGUSR2. */
let times = 0;
process.on("SIGUSR2", () => {
  const error = new TypeError("nobody catches this");
  if (times++ % 2 === 0) void Promise.reject(error);
  else throw error;
});
