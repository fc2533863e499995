// Requests and answers of an operation, in the protocol of its table.
const { createHash } = require("node:crypto");
const { percent } = require("./sign.cjs");
const { blobOf, bytesOf, fromText, structureFromJson, structureToJson, toText } = require("./values.cjs");
const { find, readStructure, readXml, tag, writeElement, writeMembers } = require("./xml.cjs");

function missing(name) {
  return new Error(`No value provided for input HTTP label: ${name}.`);
}

// ---- where members travel: path, query, headers

function headerText(table, member, value) {
  if (member.json) return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");
  if (table.shape(member.shape).is !== "list") return toText(table, member, value, "rfc822");
  const { item } = table.members(member.shape);
  return value.map((one) => toText(table, item, one, "rfc822")).map((text) => (/[",]/.test(text) ? JSON.stringify(text) : text)).join(", ");
}

function addQuery(table, member, value, query) {
  const parts = table.members(member.shape);
  const { is } = table.shape(member.shape);
  if (is === "list") for (const item of value) query.push([member.wire, toText(table, parts.item, item, "iso8601")]);
  else if (is === "map") for (const [key, one] of Object.entries(value)) for (const text of [one].flat()) query.push([key, String(text)]);
  else query.push([member.wire, toText(table, member, value, "iso8601")]);
}

function bind(table, operation, input) {
  const [method, uri] = operation.http.split(" ");
  let [path, literal = ""] = uri.split("?");
  const request = { method, query: [], headers: {}, body: Buffer.alloc(0) };
  for (const part of literal.split("&").filter(Boolean)) request.query.push([part.split("=")[0], part.split("=")[1] ?? ""]);
  for (const member of Object.values(operation.in ? table.members(operation.in) : {})) {
    const value = input[member.name];
    if (member.at === "path") {
      if (value === undefined || value === "") throw missing(member.name);
      const text = toText(table, member, value, "iso8601");
      path = path.replace(`{${member.wire}+}`, () => text.split("/").map(percent).join("/")).replace(`{${member.wire}}`, () => percent(text));
    } else if (value === undefined || value === null) continue;
    else if (member.at === "query") addQuery(table, member, value, request.query);
    else if (member.at === "header") request.headers[member.wire.toLowerCase()] = headerText(table, member, value);
    else if (member.at === "headers") for (const [key, text] of Object.entries(value)) request.headers[`${member.wire}${key}`.toLowerCase()] = String(text);
  }
  request.path = path;
  return request;
}

function payloadOf(table, shape) {
  return Object.values(shape ? table.members(shape) : {}).find((member) => member.at === "payload");
}

function hasBody(table, shape) {
  return Object.values(shape ? table.members(shape) : {}).some((member) => member.at === "body");
}

// ---- forms (the Query protocol)

function addForm(table, member, value, prefix, form) {
  const parts = table.members(member.shape);
  const flat = table.isFlattened(member);
  switch (table.shape(member.shape).is) {
    case "structure": return addStructure(table, member.shape, value, prefix, form);
    case "list":
      if (value.length === 0) form.push([prefix, ""]);
      return value.forEach((item, index) => addForm(table, parts.item, item, `${prefix}${flat ? "" : `.${parts.item.wire || "member"}`}.${index + 1}`, form));
    case "map":
      return Object.entries(value).forEach(([key, one], index) => {
        const entry = `${prefix}${flat ? "" : ".entry"}.${index + 1}`;
        form.push([`${entry}.${parts.key.wire || "key"}`, key]);
        addForm(table, parts.value, one, `${entry}.${parts.value.wire || "value"}`, form);
      });
    default: form.push([prefix, toText(table, member, value, "iso8601")]);
  }
}

function addStructure(table, shape, value, prefix, form) {
  for (const member of Object.values(table.members(shape))) {
    const given = value[member.name];
    if (given === undefined || given === null) continue;
    const name = table.isFlattened(member) ? table.flattenedName(member) : member.wire;
    addForm(table, member, given, prefix ? `${prefix}.${name}` : name, form);
  }
}

// ---- requests

function encodeForm(table, name, operation, input) {
  const form = [["Action", name], ["Version", table.version]];
  if (operation.in) addStructure(table, operation.in, input, "", form);
  const body = Buffer.from(form.map(([key, value]) => `${percent(key)}=${percent(value)}`).join("&"));
  return { method: "POST", path: "/", query: [], headers: { "content-type": "application/x-www-form-urlencoded" }, body };
}

function encodeJson(table, name, operation, input) {
  const body = Buffer.from(JSON.stringify(operation.in ? structureToJson(table, operation.in, input) : {}));
  const headers = { "content-type": `application/x-amz-json-${table.protocol.slice(5)}`, "x-amz-target": `${table.target}.${name}` };
  return { method: "POST", path: "/", query: [], headers, body };
}

function encodePayload(table, member, value, request) {
  if (value === undefined || value === null) return;
  const { is, ns } = table.shape(member.shape);
  const json = table.protocol === "rest-json";
  if (is !== "structure") {
    request.body = is === "blob" ? bytesOf(value) : Buffer.from(String(value));
    request.headers["content-type"] ??= "application/octet-stream";
  } else if (json) {
    request.body = Buffer.from(JSON.stringify(structureToJson(table, member.shape, value)));
    request.headers["content-type"] ??= "application/json";
  } else {
    request.body = Buffer.from(writeElement(table, member.wire, { ...member, ns: member.ns ?? ns ?? table.namespace }, value));
    request.headers["content-type"] ??= "application/xml";
  }
}

function encodeRest(table, operation, input) {
  const request = bind(table, operation, input);
  const payload = payloadOf(table, operation.in);
  if (payload) encodePayload(table, payload, input[payload.name], request);
  else if (hasBody(table, operation.in)) {
    const json = table.protocol === "rest-json";
    request.headers["content-type"] ??= json ? "application/json" : "application/xml";
    request.body = Buffer.from(json ? JSON.stringify(structureToJson(table, operation.in, input))
      : tag(operation.root ?? operation.in, writeMembers(table, operation.in, input), operation.root_ns));
  }
  if (operation.checksum && request.body.length) request.headers["content-md5"] ??= createHash("md5").update(request.body).digest("base64");
  return request;
}

function encode(table, name, input) {
  const operation = table.operations[name];
  if (table.protocol === "query") return encodeForm(table, name, operation, input);
  if (table.protocol.startsWith("json-")) return encodeJson(table, name, operation, input);
  return encodeRest(table, operation, input);
}

// ---- answers: {status, headers, body}

function readHeaders(table, shape, response, output) {
  for (const member of Object.values(table.members(shape))) {
    if (member.at === "status") output[member.name] = response.status;
    else if (member.at === "headers") {
      const prefix = member.wire.toLowerCase();
      output[member.name] = Object.fromEntries(Object.entries(response.headers).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]));
    } else if (member.at === "header" && response.headers[member.wire.toLowerCase()] !== undefined) {
      const text = response.headers[member.wire.toLowerCase()];
      const list = table.shape(member.shape).is === "list";
      const plain = member.json ? Buffer.from(text, "base64").toString() : text;
      output[member.name] = list ? plain.split(/,\s*/) : fromText(table, member, plain);
    }
  }
}

function readPayload(table, member, body) {
  const { is } = table.shape(member.shape);
  if (is === "blob") return member.stream ? body : blobOf(body);
  if (is !== "structure") return body.toString();
  if (!body.length) return undefined;
  return table.protocol === "rest-json" ? structureFromJson(table, member.shape, JSON.parse(body)) : readStructure(table, member.shape, readXml(body.toString()));
}

function readRest(table, operation, response) {
  const output = {};
  readHeaders(table, operation.out, response, output);
  const payload = payloadOf(table, operation.out);
  if (payload) {
    const value = readPayload(table, payload, response.body);
    if (value !== undefined) output[payload.name] = value;
  } else if (response.body.length) {
    if (table.protocol === "rest-json") return Object.assign(output, structureFromJson(table, operation.out, JSON.parse(response.body)));
    const root = readXml(response.body.toString());
    // GetBucketLocation: the root is the only member.
    if (operation.bare) output[Object.keys(table.members(operation.out))[0]] = root.text || undefined;
    else Object.assign(output, readStructure(table, operation.out, root));
  }
  return output;
}

function decode(table, name, response) {
  const operation = table.operations[name];
  if (!operation.out) return {};
  if (table.protocol.startsWith("rest-")) return readRest(table, operation, response);
  if (table.protocol.startsWith("json-")) return structureFromJson(table, operation.out, JSON.parse(response.body.toString() || "{}"));
  const root = readXml(response.body.toString());
  return readStructure(table, operation.out, (operation.wrapper && find(root, operation.wrapper)) ?? root);
}

function bareCode(code) {
  return code.split("#").pop().split(":")[0].trim();
}

// The SDK calls errors by their shapes, which some services do not send: NoSuchEntity is NoSuchEntityException.
function nameOf(table, code) {
  return Object.entries(table.errors ?? {}).find(([, row]) => row.code === code)?.[0] ?? code;
}

// What an answer of an error says: {name, code, message, members}.
function decodeError(table, response) {
  const text = response.body.toString();
  if (table.protocol === "query" || table.protocol === "rest-xml") {
    const root = text ? readXml(text) : { children: [] };
    const errors = find(root, "Errors");
    const element = root.name === "Error" ? root : find(errors ?? root, "Error") ?? { children: [] };
    const say = (name) => find(element, name)?.text.trim();
    const code = say("Code") ?? (response.status === 404 ? "NotFound" : response.status === 403 ? "Forbidden" : String(response.status));
    const name = nameOf(table, code);
    return { name, code, message: say("Message") ?? code, members: table.shapes[name] ? readStructure(table, name, element) : {} };
  }
  let body = {};
  try { body = JSON.parse(text || "{}"); } catch { /* not ours: the status tells */ }
  const code = bareCode(response.headers["x-amzn-errortype"] ?? body.__type ?? body.code ?? String(response.status));
  const name = nameOf(table, code);
  const message = body.message ?? body.Message ?? body.errorMessage ?? code;
  return { name, code, message, members: table.shapes[name] ? structureFromJson(table, name, body) : {} };
}

module.exports = { decode, decodeError, encode };
