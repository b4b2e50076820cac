import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/watch-secrets.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Many times what they take: they only end what hangs, on a machine that has other work as well.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // A second, the default, is not enough on a machine that does something else as well.
    expect: { poll: { timeout: 15_000 } },
  },
});
