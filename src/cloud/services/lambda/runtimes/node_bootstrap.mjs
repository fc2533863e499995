// The loop of Node.js functions: loads the handler, asks the Runtime API for events, answers them.
import http from "node:http";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { format } from "node:util";

createRequire(import.meta.url)("./node/platform.cjs");
const { ResponseStream, isStreamed } = createRequire(import.meta.url)("./node/stream.cjs");

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const root = process.env.LAMBDA_TASK_ROOT;
let requestId = "";

function call(method, target, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host, port, agent, method, path: `/2018-06-01/runtime/${target}`, headers },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
      });
    request.on("error", reject);
    request.end(body);
  });
}

function describe(error) {
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

for (const [method, level] of [["log", "INFO"], ["info", "INFO"], ["warn", "WARN"], ["error", "ERROR"], ["debug", "DEBUG"]]) {
  console[method] = (...values) =>
    process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values).replaceAll("\n", "\r")}\n`);
}

async function load(module) {
  const base = path.resolve(root, module);
  for (const extension of [".mjs", ".js", ".cjs"]) {
    if (!existsSync(base + extension)) continue;
    if (extension === ".mjs") return import(pathToFileURL(base + extension));
    try {
      return createRequire(base + extension)(base + extension);
    } catch (error) {
      // A .js file may be an ES module: by its package.json, or by its syntax.
      if (error.code !== "ERR_REQUIRE_ESM" && !(error instanceof SyntaxError)) throw error;
      return import(pathToFileURL(base + extension));
    }
  }
  const missing = new Error(`Cannot find module '${module}' in the function's code`);
  missing.name = "Runtime.ImportModuleError";
  throw missing;
}

async function loadHandler(name) {
  const folder = path.dirname(name);
  const [module, ...names] = path.basename(name).split(".");
  let handler = await load(path.join(folder, module));
  if (names.length && handler[names[0]] === undefined && handler.default) handler = handler.default;
  for (const part of names) handler = handler?.[part];
  if (typeof handler === "function") return handler;
  const missing = new Error(`${name} is undefined or not exported`);
  missing.name = "Runtime.HandlerNotFound";
  throw missing;
}

function contextOf(headers, settle) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const told = headers["lambda-runtime-client-context"];
  return {
    clientContext: told ? JSON.parse(Buffer.from(told, "latin1").toString()) : undefined,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (error, result) => settle(error, result),
    succeed: (result) => settle(null, result),
    fail: (error) => settle(error ?? new Error("failed")),
  };
}

function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const settle = (error, result) => (error == null ? resolve(result) : reject(error));
    const returned = handler(event, contextOf(headers, settle), settle);
    if (typeof returned?.then === "function") returned.then(resolve, reject);
    else if (handler.length < 3 && returned !== undefined) resolve(returned);
  });
}

async function stream(handler, event, headers) {
  const response = new ResponseStream({ host, port, target: `/2018-06-01/runtime/invocation/${requestId}/response` });
  try {
    await handler(event, response, contextOf(headers, () => {}));
  } catch (error) {
    if (!response.begun) throw error;
    // What was sent cannot be taken back.
    console.error(describe(error).errorMessage);
    response.end();
  }
  await response.finished();
}

async function fail(target, error) {
  const description = describe(error);
  console.error(description.errorType + ": " + description.errorMessage + "\n" + description.trace.join("\n"));
  await call("POST", target, JSON.stringify(description), { "Lambda-Runtime-Function-Error-Type": description.errorType });
}

let handler;
try {
  handler = await loadHandler(process.env._HANDLER);
} catch (error) {
  await fail("init/error", error);
  process.exit(1);
}
for (;;) {
  const next = await call("GET", "invocation/next");
  requestId = next.headers["lambda-runtime-aws-request-id"];
  if (!requestId) process.exit(0);
  try {
    if (isStreamed(handler)) {
      await stream(handler, JSON.parse(next.body), next.headers);
      continue;
    }
    const result = await run(handler, JSON.parse(next.body), next.headers);
    await call("POST", `invocation/${requestId}/response`, JSON.stringify(result === undefined ? null : result));
  } catch (error) {
    await fail(`invocation/${requestId}/error`, error);
  }
}
