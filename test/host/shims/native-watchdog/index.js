'use strict';
/** VS Code's own check of the parent process, once a second, does the work in the test host. */
exports.start = () => {};
exports.exit = (code) => process.exit(code ?? 0);
