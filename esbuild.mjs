/**
 * Bundles the extension: `dist/extension.js` with its parts `dist/part-*.js` (CommonJS, `vscode` external; what `import()` names is loaded when
 * it is first needed), `dist/sandbox.js` (on its own, loaded when the sample account is first used), `dist/soundWorker.js` (the thread that
 * decodes recordings), `dist/panel.js` and `dist/panel.css` with the icon font (the page). Beside them, as it is, the MP3 decoder that the
 * thread loads, with its licence.
 * Flags: --production (minified, no source maps), --watch, --tests (also the compiled test suites, to `out/`).
 */
import { build, context, transform } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', loader: { '.mp3': 'binary' } };

/** `import('…/sandbox/server')` becomes a `require` of the bundle beside this one, at the moment it is needed. */
const sandboxBeside = {
  name: 'sandbox-beside',
  setup(build) {
    build.onResolve({ filter: /\/sandbox\/server$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: './sandbox.js', external: true } : undefined));
  },
};

/**
 * Whoever asks for a part has what was loaded before it: told so, esbuild keeps each stage in one file, and puts into a part only what is its
 * own. Else whatever two of them share would be a file for itself.
 */
const partsOfExtension = {
  name: 'parts-of-extension',
  setup(build) {
    const stages = STAGES.map((stage) => path.resolve(stage));
    const parts = new Set(stages.slice(1));
    const handedOn = new Map(stages.slice(1).flatMap((stage) => modulesHandedOnBy(stage).map((file) => [file, stage])));
    build.onResolve({ filter: /^\./ }, async ({ path: wanted, kind, pluginData, ...from }) => {
      if (kind !== 'dynamic-import' || pluginData === IS_RESOLVED) return undefined;
      const resolved = await build.resolve(wanted, { ...from, kind, pluginData: IS_RESOLVED });
      const stage = handedOn.get(resolved.path);
      if (stage !== undefined) return { path: stage };
      if (!resolved.external) parts.add(resolved.path);
      return resolved;
    });
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      if (!parts.has(file)) return undefined;
      const before = stages.includes(file) ? stages.slice(0, stages.indexOf(file)) : stages;
      return { contents: [readFileSync(file, 'utf8'), ...before.map((stage) => `import ${JSON.stringify(stage)};`)].join('\n'), loader: 'ts' };
    });
  },
};

/** The modules of which a stage hands everything on: whoever asks for one of them later gets the stage. */
function modulesHandedOnBy(stage) {
  return [...readFileSync(stage, 'utf8').matchAll(/^export \* from '(.+)';$/gm)].map(([, module]) => path.resolve(path.dirname(stage), `${module}.ts`));
}

/** esbuild splits ES modules only, and extension hosts load CommonJS. What is loaded at the start is one file, not a list of names and a file. */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    build.onEnd(async ({ errors, outputFiles = [] }) => {
      const texts = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
      const [, activate, core] = /^import ?\{\s*(\w+).*?\} ?from ?"\.\/([^"]+)"/s.exec(texts.get('extension.js') ?? '') ?? [];
      if (errors.length > 0) return;
      if (core === undefined) throw new Error('esbuild does not keep what is loaded at the start together any more.');
      const renamed = activate === 'activate' ? '' : `\nexport { ${activate} as activate } from './${core}';`;
      texts.set('extension.js', `${texts.get(core)}${renamed}`);
      texts.delete(core);
      mkdirSync('dist', { recursive: true });
      await Promise.all([...texts].map(([name, text]) => writeCommonJs(name, text.replaceAll(`./${core}`, './extension.js'))));
    });
  },
};

const WHOLE_IMPORT = /\bimport ?\* ?as ([\w$]+) from ?"(vscode|node:[\w/]+)";/g;
const NAMED_IMPORT = /\bimport ?\{([^}]*)\} ?from ?"(node:[\w/]+)";/g;

/**
 * As esbuild has it, each module that imports `vscode` copies its hundreds of names first, and each asks for the modules of Node by itself. VS Code
 * looks up anew who asks each time: that took longer than all the rest of the modules.
 */
function importOnce(text) {
  const whole = new Map();
  const named = new Map();
  const rest = text
    .replaceAll(WHOLE_IMPORT, (_, name, module) => {
      const before = whole.get(module);
      whole.set(module, before ?? name);
      return `const ${name} = ${before ?? `require("${module}")`};`;
    })
    .replaceAll(NAMED_IMPORT, (_, names, module) => {
      named.set(module, [...(named.get(module) ?? []), names]);
      return '';
    });
  return `${[...named].map(([module, names]) => `import {${names.join()}} from "${module}";`).join('')}${rest}`;
}

async function writeCommonJs(name, text) {
  const { code, map } = await transform(importOnce(text), { ...asNode, sourcefile: name, sourcemap: production ? false : 'external' });
  writeFileSync(path.join('dist', name), production ? code : `${code}//# sourceMappingURL=${name}.map\n`);
  if (!production) writeFileSync(path.join('dist', `${name}.map`), map);
}

const EXTENSION = 'src/extension/extension.ts';
const STAGES = [EXTENSION, 'src/extension/lookingUp.ts'];
const IS_RESOLVED = Symbol('resolved');
const asNode = { platform: 'node', format: 'cjs', target: 'node20', minify: production, legalComments: 'none', logLevel: 'warning', supported: { 'dynamic-import': false } };

const host = {
  ...node,
  format: 'esm',
  splitting: true,
  sourcemap: production ? false : 'inline',
  write: false,
  entryPoints: { extension: EXTENSION },
  chunkNames: 'part-[name]-[hash]',
  outdir: 'dist',
  external: ['vscode'],
  plugins: [sandboxBeside, partsOfExtension, asCommonJs],
};

const alone = {
  ...node,
  entryPoints: { sandbox: 'src/sandbox/server.ts', soundWorker: 'src/recording/soundWorker.ts' },
  outdir: 'dist',
};

const page = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryPoints: { panel: 'src/webview/main.tsx' },
  outdir: 'dist',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};

const FOLDERS_OF_SUITES = ['unit', 'integration', 'ui', 'package'];

/** Every `*.test.ts` below a folder of `test/`: a list kept by hand forgets one. */
function suitesOf(folder) {
  const root = path.join('test', folder);
  return readdirSync(root, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(root, name));
}

/** What suites start, and what is no suite. */
const BESIDE_THE_SUITES = [
  'test/integration/index.ts',
  'test/support/historyWriter.ts',
  'test/ui/shot.ts',
  'test/ui/otherExtension.ts',
  'test/bench/bench.ts',
  'test/bench/hostSide.ts',
  'test/bench/inHost.ts',
];

const suites = () => ({
  ...node,
  minify: false,
  entryPoints: [...FOLDERS_OF_SUITES.flatMap(suitesOf), ...BESIDE_THE_SUITES],
  outdir: 'out',
  outbase: 'test',
  external: ['vscode', 'mocha', 'playwright-core', 'axe-core', 'fast-check', 'esbuild'],
});

/** The licence texts of every package whose code went into a bundle of `dist/`, written beside them. */
const thirdPartyNotices = {
  name: 'third-party-notices',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      if (metafile === undefined) return;
      for (const input of Object.keys(metafile.inputs)) {
        const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
        if (name !== undefined) bundledPackages.add(name);
      }
      mkdirSync('dist', { recursive: true });
      writeFileSync(path.join('dist', 'THIRD-PARTY-NOTICES.txt'), [...bundledPackages].toSorted((one, other) => one.localeCompare(other)).map(noticeOf).join('\n\n'));
    });
  },
};

const bundledPackages = new Set();

/** A package without a licence text stops the build: it must not be shipped. */
function noticeOf(name) {
  const folder = path.join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no licence text.`);
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/** The MP3 decoder is under the LGPL: it stays a file of its own, unchanged, which another build can take the place of. */
function copyDecoder() {
  mkdirSync('dist', { recursive: true });
  copyFileSync('node_modules/mpg123-decoder/dist/mpg123-decoder.min.js', 'dist/mpg123-decoder.min.js');
  copyFileSync('src/recording/licences/mpg123-decoder.txt', 'dist/mpg123-decoder.LICENSE.txt');
}

for (const bundle of [host, alone, page]) bundle.plugins = [...(bundle.plugins ?? []), thirdPartyNotices];

rmSync('dist', { recursive: true, force: true });
copyDecoder();
if (tests) for (const folder of FOLDERS_OF_SUITES) rmSync(path.join('out', folder), { recursive: true, force: true });
const bundles = [host, alone, page, ...(tests ? [suites()] : [])];
if (watch) {
  const contexts = await Promise.all(bundles.map((options) => context({ ...options, logLevel: 'info' })));
  await Promise.all(contexts.map((bundle) => bundle.watch()));
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
