/** What is installed, and what of it is shipped: from the lock files, and from the bundles as they were built. */
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import * as v from 'valibot';

const lockFile = v.object({
  lockfileVersion: v.number(),
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      resolved: v.optional(v.string()),
      integrity: v.optional(v.string()),
      link: v.optional(v.boolean()),
      license: v.optional(v.string()),
      hasInstallScript: v.optional(v.boolean()),
      dependencies: v.optional(v.record(v.string(), v.string())),
    }),
  ),
});

function readJson<T>(file: string, schema: v.GenericSchema<unknown, T>): T {
  return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
}

/** The project's own, and one for each VS Code that tests run in. */
const HOSTS = path.join('test', 'host');
const FOLDERS = ['.', ...readdirSync(HOSTS).map((name) => path.join(HOSTS, name)).filter((folder) => existsSync(path.join(folder, 'package.json')))];

describe('What is installed', () => {
  for (const folder of FOLDERS) {
    describe(`for ${folder === '.' ? 'the project' : folder}`, () => {
      const { packages } = readJson(path.join(folder, 'package-lock.json'), lockFile);
      const manifest = readJson(
        path.join(folder, 'package.json'),
        v.object({ dependencies: v.optional(v.record(v.string(), v.string()), {}), devDependencies: v.optional(v.record(v.string(), v.string()), {}) }),
      );
      const isOurs = (place: string): boolean => place === '' || existsSync(path.join(folder, place, 'package.json')) && !place.includes('node_modules');

      it('is what its authors published, byte for byte', () => {
        const unchecked = Object.entries(packages).filter(([place, { integrity = '', link = false }]) => !link && !isOurs(place) && !/^sha512-[\w+/]{86}==$/.test(integrity));
        assert.ok(Object.keys(packages).length > 20);
        assert.deepEqual(unchecked.map(([place]) => place), []);
      });

      it('comes from the registry that npm is set to, and from no address, repository or folder of others', () => {
        const elsewhere = Object.entries(packages).filter(([, { resolved, link = false }]) => resolved !== undefined && !(link && isOurs(resolved)));
        assert.deepEqual(elsewhere.map(([place]) => place), []);
      });

      it('is named by its exact version, or lies in this repository', () => {
        const liesHere = (version: string): boolean => version.startsWith('file:') && path.resolve(folder, version.slice('file:'.length)).startsWith(path.resolve(HOSTS) + path.sep);
        const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) && !liesHere(version));
        assert.deepEqual(loose, []);
      });

      it('runs no scripts as it is installed', () => {
        const settings = readFileSync(path.join(folder, '.npmrc'), 'utf8');
        assert.match(settings, /^ignore-scripts=true$/m);
        assert.doesNotMatch(settings, /registry|_auth|proxy|strict-ssl/i);
      });
    });
  }
});

const DIST = 'dist';
const DECODER = 'mpg123-decoder.min.js';
const scripts = readdirSync(DIST).filter((file) => file.endsWith('.js'));
const read = (file: string): string => readFileSync(path.join(DIST, file), 'utf8');

/** The packages whose code is in a bundle, by its source map. */
function packagesIn(map: string): readonly string[] {
  const { sources } = readJson(path.join(DIST, map), v.object({ sources: v.array(v.string()) }));
  return sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
}

/** Of these the icons are a font, which has no source map, and the decoder is a file as its authors made it. */
const shipped = [...new Set([...readdirSync(DIST).filter((file) => file.endsWith('.map')).flatMap(packagesIn), '@vscode/codicons', 'mpg123-decoder'])].toSorted();

const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];
/** Why these are shipped all the same. */
const OTHERWISE: Readonly<Record<string, string>> = {
  // Pictures, not code: attribution is all that it asks for, and the notices have it.
  '@vscode/codicons': 'CC-BY-4.0',
};

describe('What is shipped', () => {
  const { packages } = readJson('package-lock.json', lockFile);
  const notices = read('THIRD-PARTY-NOTICES.txt');
  const decoderNotice = read('mpg123-decoder.LICENSE.txt');
  const entry = (name: string) => packages[`node_modules/${name}`];

  it('is made of the packages that the README names, and of what those need', () => {
    const readme = readFileSync('README.md', 'utf8');
    const needed = new Set(shipped.flatMap((name) => Object.keys(entry(name)?.dependencies ?? {})));
    const named = shipped.filter((name) => readme.toLowerCase().includes(`[${name}]`));
    assert.deepEqual(shipped.filter((name) => !named.includes(name) && !needed.has(name)), []);
    assert.ok(named.length >= 5, named.join());
  });

  it('is under licences that let everybody use it, and without a package that must run something as it is installed', () => {
    for (const name of shipped) {
      const { license = 'none', hasInstallScript = false } = entry(name) ?? {};
      assert.ok(PERMISSIVE.includes(license) || OTHERWISE[name] === license, `${name}: ${license}`);
      assert.equal(hasInstallScript, false, name);
    }
  });

  it('comes with the licence and version of each package', () => {
    for (const name of shipped) {
      const { version = 'none', license = 'none' } = entry(name) ?? {};
      const isTold = name === 'mpg123-decoder' ? decoderNotice.startsWith(`${name} ${version}\n`) : notices.includes(`${name} ${version} (${license})\n`);
      assert.ok(isTold, `${name} ${version}`);
    }
    for (const words of ['Creative Commons', 'Mike Bostock', 'Jason Miller', 'Fabian Hiller']) assert.ok(notices.includes(words), words);
    for (const words of ['Ethan Halsall', 'libmpg123', 'GNU LESSER GENERAL PUBLIC LICENSE', 'https://www.mpg123.de']) assert.ok(decoderNotice.includes(words), words);
  });

  it('has a licence for each package inside of the decoder too', () => {
    const inside = Object.keys(entry('mpg123-decoder')?.dependencies ?? {}).flatMap((name) => [name, ...Object.keys(entry(name)?.dependencies ?? {})]);
    assert.deepEqual(inside.filter((name) => !PERMISSIVE.includes(entry(name)?.license ?? '')), []);
    assert.ok(decoderNotice.includes('simple-yenc'));
  });

  it('imports nothing but VS Code, parts of Node’s own and its own files', async () => {
    for (const file of scripts) {
      const unexpected = (await importsOf(file)).filter((wanted) => !isExpected(file, wanted));
      assert.deepEqual(unexpected, [], file);
    }
    assert.ok((await importsOf('extension.js')).includes('vscode'));
  });

  it('makes no code of text, and loads none by a name that is made up at run time', () => {
    for (const file of scripts) {
      assert.doesNotMatch(read(file), /\beval\s*\(|\bFunction\s*\(|importScripts|\b(?:require|import)\s*\(\s*(?!["'])/, file);
      const runsText = /\bnode:vm\b/.test(read(file));
      assert.equal(runsText, file === 'soundWorker.js', `${file}: the thread that decodes runs the decoder’s file, and nothing else does`);
    }
  });

  it('knows no address of anybody but Exotel, Amazon S3, this machine and what is only named', () => {
    for (const file of scripts) {
      const hosts = [...read(file).matchAll(/\b(?:https?|wss?|ftp):\/\/([^\s"'`<>)\\/]*)/g)].flatMap(([, host]) => host ?? []);
      const unexpected = hosts.filter((host) => !EXPECTED_HOSTS.some((pattern) => pattern.test(host)));
      assert.deepEqual([...new Set(unexpected)], [], file);
    }
  });

  it('tells nobody how it is used', () => {
    for (const file of scripts) assert.doesNotMatch(read(file), /telemetry|machineId|sessionId|sendBeacon|XMLHttpRequest|applicationinsights|analytics/i, file);
    assert.doesNotMatch(read('panel.js'), /\bfetch\s*\(|\bWebSocket\b|\bEventSource\b/);
  });
});

/** Every module that a script asks for, however it does. */
async function importsOf(file: string): Promise<readonly string[]> {
  const wanted = new Set<string>();
  await build({
    entryPoints: [path.join(DIST, file)],
    bundle: true,
    write: false,
    platform: 'node',
    logLevel: 'silent',
    plugins: [
      {
        name: 'imports',
        setup(bundle) {
          bundle.onResolve({ filter: /(?:)/ }, ({ kind, path: name }) => {
            if (kind === 'entry-point') return undefined;
            wanted.add(name);
            return { path: name, external: true };
          });
        },
      },
    ],
  });
  return [...wanted];
}

/** The page is a script of a browser's. The decoder would ask for a worker where there is no `exports`, which is never here. */
function isExpected(file: string, wanted: string): boolean {
  if (file === DECODER) return wanted === '@eshaz/web-worker';
  if (file === 'panel.js') return false;
  if (wanted === 'vscode') return file !== 'soundWorker.js' && file !== 'sandbox.js';
  if (wanted.startsWith('./')) return scripts.includes(wanted.slice(2));
  return wanted.startsWith('node:') && ALLOWED_OF_NODE.includes(wanted.slice(5)) && builtinModules.includes(wanted.slice(5));
}

/** None of these starts a process, loads native code or opens a connection that is not HTTP. */
const ALLOWED_OF_NODE = ['crypto', 'fs', 'fs/promises', 'http', 'os', 'path', 'stream', 'stream/promises', 'timers/promises', 'url', 'vm', 'worker_threads'];

const EXPECTED_HOSTS = [
  // Put together from what `origin.ts` lists, from an account's own address, or from this machine's.
  /^\$\{/,
  /^127\.0\.0\.1(?::|$)/,
  /^(?:[\w-]+\.)*exotel\.com$/,
  /^s3-ap-southeast-1\.amazonaws\.com$/,
  // In sentences: an example, the beginning of an address, a pasted request.
  /^(?:exotel\.example\.com)?\.?$/,
  /^key:token@host$/,
  // Names of XML, and where the decoder's source is.
  /^www\.w3\.org$/,
  /^github\.com$/,
];
