'use strict';
/**
 * The part of @vscode/spdlog's interface that VS Code calls. Output channels show the files written here:
 * without it every one of them stays empty.
 */
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const INFO = 2;
let level = INFO;

class Logger {
  constructor(type, name, file, maxBytes, maxFiles) {
    this.file = file;
    this.maxBytes = maxBytes || Infinity;
    this.maxFiles = maxFiles || 1;
    this.level = level;
    this.formatted = true;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.handle = fs.openSync(file, 'a');
    this.bytes = fs.fstatSync(this.handle).size;
  }

  write(severity, message) {
    if (severity < this.level || this.handle === undefined) return;
    const text = this.formatted ? `${localTime(new Date())} [${LEVELS[severity]}] ${message}\n` : String(message);
    const line = Buffer.from(text);
    if (this.bytes + line.length > this.maxBytes) this.rotate();
    fs.writeSync(this.handle, line);
    this.bytes += line.length;
  }

  /** `a.log` becomes `a.1.log`, `a.1.log` becomes `a.2.log`; the last one is lost. */
  rotate() {
    fs.closeSync(this.handle);
    const { dir, name, ext } = path.parse(this.file);
    const nth = (n) => (n === 0 ? this.file : path.join(dir, `${name}.${n}${ext}`));
    for (let n = this.maxFiles - 1; n >= 1; n--) {
      if (fs.existsSync(nth(n - 1))) fs.renameSync(nth(n - 1), nth(n));
    }
    this.handle = fs.openSync(this.file, 'w');
    this.bytes = 0;
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(newLevel) {
    this.level = newLevel;
  }
  setPattern() {
    this.formatted = true;
  }
  clearFormatters() {
    this.formatted = false;
  }
  flush() {}
  drop() {
    if (this.handle === undefined) return;
    fs.closeSync(this.handle);
    this.handle = undefined;
  }
}

/** `2024-06-15 16:00:00.123`, which is what the viewer of log files looks for. */
function localTime(date) {
  const pad = (n, width = 2) => String(n).padStart(width, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

exports.version = 11200;
exports.Logger = Logger;
exports.setLevel = (newLevel) => {
  level = newLevel;
};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file, maxBytes, maxFiles) => new Logger('rotating', name, file, maxBytes, maxFiles);
exports.createAsyncRotatingLogger = async (name, file, maxBytes, maxFiles) => new Logger('rotating_async', name, file, maxBytes, maxFiles);
