/** The code of an error of the file system, else null: a lost connection has no `syscall` of a file. */
export function fileCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  const fileCalls = [
    "open",
    "write",
    "read",
    "fsync",
    "mkdir",
    "rename",
    "scandir",
    "close",
    "stat",
  ];
  return fileCalls.includes(String(error.syscall)) && !("address" in error)
    ? String(error.code)
    : null;
}
