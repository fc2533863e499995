// What AWS's own Node.js runtime has and a plain Node.js lacks: the AWS SDK, for require() and import, and an HTTPS port where
// the cloud is. Required before the function's code.
const http = require("node:http");
const https = require("node:https");
const Module = require("node:module");
const path = require("node:path");
const { packageMaker } = require("./package.cjs");

// The function's own copy of a package wins; ours is made when there is none.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...more) {
  try {
    return resolveFilename.call(this, request, ...more);
  } catch (error) {
    const make = error.code === "MODULE_NOT_FOUND" ? packageMaker(request) : undefined;
    if (!make) throw error;
    const file = path.join(__dirname, request);
    if (!Module._cache[file]) Module._cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports: make() });
    return file;
  }
};
Module.register?.("./imports.mjs", `file://${__dirname}/`);

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
