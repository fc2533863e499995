// One package of the AWS SDK for JavaScript (v3), "@aws-sdk/client-<name>", made from a service's table: the client, a command
// and a method for each operation, paginators, errors. On AWS the runtime brings the SDK along; a function that has its own copy
// uses that.
const { Readable } = require("node:stream");
const { decode, decodeError, encode } = require("./codec.cjs");
const { THROTTLES, resolved, send } = require("./send.cjs");
const { PACKAGES, tableOf } = require("./tables.cjs");
const { bytesOf, withTokens } = require("./values.cjs");

async function collected(value) {
  if (typeof value?.[Symbol.asyncIterator] !== "function") return value;
  const chunks = [];
  for await (const chunk of value) chunks.push(bytesOf(chunk));
  return Buffer.concat(chunks);
}

// The body of an object: a stream with the SDK's short cuts.
function streamOf(body) {
  const stream = Readable.from(body.length ? [body] : []);
  return Object.assign(stream, {
    transformToByteArray: async () => new Uint8Array(body),
    transformToString: async (encoding = "utf8") => body.toString(encoding === "utf-8" ? "utf8" : encoding),
    transformToWebStream: () => Readable.toWeb(stream),
  });
}

function metadataOf(response) {
  const requestId = response.headers["x-amzn-requestid"] ?? response.headers["x-amz-request-id"];
  return { httpStatusCode: response.status, requestId, attempts: response.attempts, totalRetryDelay: 0 };
}

class Command {
  constructor(input = {}) {
    this.input = input;
  }
}

async function prepared(table, operation, input) {
  const made = operation.in ? withTokens(table, operation.in, input) : {};
  for (const member of Object.values(operation.in ? table.members(operation.in) : {})) if (member.stream) made[member.name] = await collected(made[member.name]);
  return made;
}

class Client {
  constructor(table, config = {}) {
    this.table = table;
    const region = config.region ?? process.env.AWS_REGION;
    this.config = { ...config, apiVersion: config.apiVersion ?? table.version, region: async () => resolved(region), serviceId: table.id };
  }

  async send(command, options, callback) {
    const done = typeof options === "function" ? options : callback;
    if (!done) return this.run(command);
    this.run(command).then((output) => done(null, output), (error) => done(error));
  }

  async run({ operation: name, input }) {
    const { table, config } = this;
    const operation = table.operations[name];
    const request = encode(table, name, await prepared(table, operation, input));
    const response = await send(table, config, request, (answer) => answer.status >= 400 && THROTTLES.test(decodeError(table, answer).code));
    if (response.status >= 300 && response.status !== operation.code) throw this.errorOf(response);
    const output = decode(table, name, response);
    for (const member of Object.values(operation.out ? table.members(operation.out) : {})) if (member.stream && member.name in output) output[member.name] = streamOf(output[member.name]);
    return { $metadata: metadataOf(response), ...output };
  }

  errorOf(response) {
    const { name, code, message, members } = decodeError(this.table, response);
    const made = new (this.errors[name] ?? this.errors.any)({ message, $metadata: metadataOf(response) });
    return Object.assign(made, members, { name, message, Code: code, $fault: response.status >= 500 ? "server" : "client" });
  }

  destroy() {}
}

function errorClasses(table, clientName) {
  const any = class extends Error {
    constructor(options) {
      super(options.message);
      Object.assign(this, { $fault: "client", ...options, name: options.name ?? new.target.name });
    }
  };
  Object.defineProperty(any, "name", { value: `${clientName}ServiceException` });
  const classes = { any };
  for (const name of Object.keys(table.errors ?? {})) {
    classes[name] = class extends any {};
    Object.defineProperty(classes[name], "name", { value: name });
  }
  return classes;
}

function at(output, path) {
  return path.split(".").reduce((value, part) => value?.[part], output);
}

function paginator(table, name, makeCommand) {
  const { page } = table.operations[name];
  return async function* (config, input, ...more) {
    let next = { ...input, ...(config.pageSize && page.limit ? { [page.limit]: config.pageSize } : {}) };
    for (let token; ;) {
      const output = await config.client.send(makeCommand(next), ...more);
      yield output;
      const tokens = page.out.map((path) => at(output, path));
      if (!tokens.some(Boolean) || (page.more && !at(output, page.more)) || (config.stopOnSameToken && String(tokens) === token)) return;
      token = String(tokens);
      next = { ...next, ...Object.fromEntries(page.in.map((member, index) => [member, tokens[index]])) };
    }
  };
}

function addOperation(table, name, Aggregated, made) {
  const Made = class extends Command {
    operation = name;
  };
  Object.defineProperty(Made, "name", { value: `${name}Command` });
  made[`${name}Command`] = Made;
  const method = name[0].toLowerCase() + name.slice(1);
  Aggregated.prototype[method] = function (input, options, callback) {
    return this.send(new Made(input), options, callback);
  };
  if (table.operations[name].page) made[`paginate${name}`] = paginator(table, name, (input) => new Made(input));
}

function makePackage(name) {
  const [service, id] = PACKAGES[name];
  const table = tableOf(service);
  const errors = errorClasses(table, id);
  const made = { [`${id}Client`]: class extends Client { constructor(config) { super(table, config); } } };
  made[`${id}Client`].prototype.errors = errors;
  made[id] = class extends made[`${id}Client`] {};
  for (const operation of Object.keys(table.operations)) addOperation(table, operation, made[id], made);
  for (const [error, type] of Object.entries(errors)) made[error === "any" ? type.name : error] = type;
  return Object.assign(made, require("./waiters.cjs")[service]?.(made));
}

// "@aws-sdk/credential-providers": what functions use of it.
function credentialProviders() {
  return {
    fromEnv: () => async () => undefined, // the environment is asked where nothing else is given
    fromNodeProviderChain: () => async () => undefined,
    fromTemporaryCredentials: ({ params, masterCredentials, clientConfig }) => async () => {
      const { STS } = makePackage("sts");
      const { Credentials } = await new STS({ ...clientConfig, credentials: masterCredentials })
        .assumeRole({ RoleSessionName: `aws-sdk-js-${Date.now()}`, ...params });
      return { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken, expiration: Credentials.Expiration };
    },
  };
}

// Packages that are no client of a service.
const OTHERS = {
  "credential-providers": credentialProviders,
  "lib-dynamodb": () => require("./document.cjs").makeDocumentPackage(packageOf("client-dynamodb")),
  "util-dynamodb": () => require("./marshall.cjs"),
};

const made = new Map();

// What `require("@aws-sdk/<name>")` gives.
function packageOf(name) {
  if (!made.has(name)) made.set(name, OTHERS[name] ? OTHERS[name]() : makePackage(name.slice("client-".length)));
  return made.get(name);
}

const NAMES = [...Object.keys(PACKAGES).map((name) => `client-${name}`), ...Object.keys(OTHERS)];

module.exports = { NAMES, packageOf };
