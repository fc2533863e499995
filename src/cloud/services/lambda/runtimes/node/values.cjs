// Values of shapes: what a caller gives and gets (Date, Uint8Array), and what stands on the wire.
const { randomUUID } = require("node:crypto");

function bytesOf(value) {
  if (typeof value === "string") return Buffer.from(value, "utf8");
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

// Bytes as the SDK gives them: an Uint8Array that can say itself as text.
function blobOf(buffer) {
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  Object.defineProperty(bytes, "transformToString", {
    value: (encoding = "utf8") => Buffer.from(bytes).toString(encoding === "utf-8" ? "utf8" : encoding),
  });
  return bytes;
}

function timeText(value, format) {
  const date = value instanceof Date ? value : new Date(typeof value === "number" ? value * 1000 : value);
  if (format === "epoch") return date.getTime() / 1000;
  if (format === "rfc822") return date.toUTCString();
  return date.toISOString().replace(/\.000Z$/, "Z");
}

function timeOf(value) {
  return typeof value === "number" || /^[0-9.]+$/.test(value) ? new Date(Number(value) * 1000) : new Date(value);
}

function formatOf(table, member, fallback) {
  return member.time ?? table.shape(member.shape).time ?? fallback;
}

// A scalar as text: in paths, queries, headers, forms and XML.
function toText(table, member, value, time) {
  switch (table.shape(member.shape).is) {
    case "blob": return bytesOf(value).toString("base64");
    case "timestamp": return String(timeText(value, formatOf(table, member, time)));
    default: return String(value);
  }
}

function fromText(table, member, text) {
  switch (table.shape(member.shape).is) {
    case "blob": return blobOf(Buffer.from(text, "base64"));
    case "timestamp": return timeOf(text);
    case "boolean": return text === "true";
    case "integer": case "long": case "float": return Number(text);
    default: return text;
  }
}

function withTokens(table, shape, input) {
  const made = { ...input };
  for (const member of Object.values(table.members(shape))) if (member.token && made[member.name] === undefined) made[member.name] = randomUUID();
  return made;
}

function toJson(table, member, value) {
  if (value === null) return null;
  const parts = table.members(member.shape);
  switch (table.shape(member.shape).is) {
    case "structure": return structureToJson(table, member.shape, value);
    case "list": return Array.from(value, (item) => toJson(table, parts.item, item));
    case "map": return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).map(([key, v]) => [key, toJson(table, parts.value, v)]));
    case "blob": return bytesOf(value).toString("base64");
    case "timestamp": return timeText(value, formatOf(table, member, "epoch"));
    case "string": return member.json && typeof value !== "string" ? JSON.stringify(value) : value;
    default: return value;
  }
}

function structureToJson(table, shape, value) {
  const made = {};
  for (const member of Object.values(table.members(shape))) {
    if (member.at === "body" && value[member.name] !== undefined) made[member.wire] = toJson(table, member, value[member.name]);
  }
  return made;
}

function fromJson(table, member, value) {
  if (value === null || value === undefined) return undefined;
  const parts = table.members(member.shape);
  switch (table.shape(member.shape).is) {
    case "structure": return structureFromJson(table, member.shape, value);
    case "list": return value.map((item) => fromJson(table, parts.item, item));
    case "map": return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, fromJson(table, parts.value, v)]));
    case "blob": return blobOf(Buffer.from(value, "base64"));
    case "timestamp": return timeOf(value);
    default: return value;
  }
}

function structureFromJson(table, shape, value) {
  const made = {};
  for (const member of Object.values(table.members(shape))) {
    const found = member.at === "body" ? fromJson(table, member, value[member.wire]) : undefined;
    if (found !== undefined) made[member.name] = found;
  }
  return made;
}

module.exports = { blobOf, bytesOf, fromText, structureFromJson, structureToJson, toText, withTokens };
