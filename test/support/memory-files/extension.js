/** Folders that are on no disk: `memory:/SID` holds one file, `dialler.log`, which mentions the call. */
const vscode = require('vscode');

const FILE = 'dialler.log';

/** @returns {Uint8Array} */
function contentOf(/** @type {vscode.Uri} */ uri) {
  const [, sid, file] = uri.path.split('/');
  if (file !== FILE) throw vscode.FileSystemError.FileNotFound(uri);
  return Buffer.from(`call placed CallSid=${sid}\n`);
}

function isFolder(/** @type {vscode.Uri} */ uri) {
  return uri.path.split('/').length === 2;
}

/** @type {vscode.FileSystemProvider} */
const files = {
  onDidChangeFile: new vscode.EventEmitter().event,
  watch: () => ({ dispose() {} }),
  stat: (uri) => (isFolder(uri) ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 } : { type: vscode.FileType.File, ctime: 0, mtime: 0, size: contentOf(uri).length }),
  readDirectory: () => [[FILE, vscode.FileType.File]],
  readFile: contentOf,
  createDirectory: refuse,
  writeFile: refuse,
  delete: refuse,
  rename: refuse,
};

/** @returns {never} */
function refuse(/** @type {vscode.Uri} */ uri) {
  throw vscode.FileSystemError.NoPermissions(uri);
}

exports.activate = (/** @type {vscode.ExtensionContext} */ context) => {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memory', files, { isReadonly: true }));
};
