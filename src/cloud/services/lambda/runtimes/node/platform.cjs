// What AWS's own Node.js runtime has and a plain Node.js lacks: the AWS SDK, and an HTTPS port where the cloud is. Required
// before the function's code.
const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const Module = require("node:module");
const path = require("node:path");

// The SDK stands in a node_modules folder above the code of all functions, where require() and import look after the function's
// own. It is made once for each version of this runtime, by the first function that starts.
function writePackages(folder) {
  const { NAMES, packageOf } = require("./package.cjs");
  for (const name of NAMES) {
    const home = path.join(folder, "@aws-sdk", name);
    const load = `require(${JSON.stringify(path.join(__dirname, "package.cjs"))}).packageOf("${name}")`;
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(path.join(home, "package.json"), JSON.stringify({ name: `@aws-sdk/${name}`, main: "index.cjs", exports: { ".": { import: "./index.mjs", require: "./index.cjs" }, "./package.json": "./package.json" } }));
    fs.writeFileSync(path.join(home, "index.cjs"), `module.exports = ${load};\n`);
    // import { X } wants to know the names before anything runs.
    fs.writeFileSync(path.join(home, "index.mjs"), `import made from "./index.cjs";\nexport default made;\nexport const { ${Object.keys(packageOf(name)).join(", ")} } = made;\n`);
  }
}

function isCurrent(folder) {
  const mark = path.join(folder, ".made-by");
  return fs.existsSync(mark) && fs.readFileSync(mark, "utf8") === __dirname;
}

function installSdk(folder) {
  if (isCurrent(folder)) return;
  const fresh = fs.mkdtempSync(`${folder}.`);
  writePackages(fresh);
  fs.writeFileSync(path.join(fresh, ".made-by"), __dirname);
  try {
    if (fs.existsSync(folder) && !isCurrent(folder)) fs.renameSync(folder, `${fresh}.old`);
    fs.renameSync(fresh, folder);
  } catch (error) {
    // Another function was faster.
    if (!isCurrent(folder)) throw error;
  }
  for (const left of [fresh, `${fresh}.old`]) fs.rmSync(left, { recursive: true, force: true });
}

const sdk = path.join(process.env.LAMBDA_TASK_ROOT, "..", "node_modules");
installSdk(sdk);

// Layers (NODE_PATH) come before what the runtime brings, as on AWS.
const layers = (process.env.NODE_PATH ?? "").split(":").filter(Boolean);
const pathsOf = Module._nodeModulePaths;
Module._nodeModulePaths = (from) => pathsOf(from).flatMap((folder) => (folder === sdk ? [...layers, sdk] : [folder]));

// Code that answers CloudFormation (cfn-response, the CDK's custom resources) takes the host of the ResponseURL and insists on
// HTTPS at port 443, where no program without root may listen. What goes there to the cloud's own host goes to the cloud.
const cloud = new URL(process.env.AWS_ENDPOINT_URL);
const request = https.request;

function optionsOf([first, second]) {
  if (typeof first !== "string" && !(first instanceof URL)) return { ...first };
  const { hostname, port, pathname, search } = new URL(first);
  return { hostname, port, path: pathname + search, ...(typeof second === "function" ? {} : second) };
}

https.request = function (...given) {
  const options = optionsOf(given);
  const host = options.hostname ?? options.host?.split(":")[0];
  if (host !== cloud.hostname || ![undefined, null, "", 443, "443"].includes(options.port)) return request.apply(https, given);
  return http.request({ ...options, protocol: "http:", agent: undefined, host: undefined, hostname: cloud.hostname, port: cloud.port }, given.find((one) => typeof one === "function"));
};
https.get = (...given) => {
  const made = https.request(...given);
  made.end();
  return made;
};
Module.syncBuiltinESMExports();
