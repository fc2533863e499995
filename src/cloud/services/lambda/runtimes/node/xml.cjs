// XML as the services write and read it: elements, attributes, text. No DTDs, no processing instructions.
const { fromText, toText } = require("./values.cjs");

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text) {
  return text.replace(/&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);/g, (whole, name) => {
    if (name.startsWith("#x")) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

function escape(text) {
  return text.replace(/[&<>"\r]/g, (c) => `&#${c.charCodeAt(0)};`);
}

// The root element: {name, attributes, children, text}.
function readXml(text) {
  const root = { children: [], text: "" };
  const open = [root];
  const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([^\s>/]+)([^>]*?)(\/?)>|([^<]+)/g;
  for (const [, cdata, closing, name, attributes, empty, chars] of text.matchAll(token)) {
    const top = open[open.length - 1];
    if (cdata !== undefined) top.text += cdata;
    else if (chars !== undefined) top.text += unescape(chars);
    else if (closing) open.pop();
    else if (name) {
      const element = { name: name.replace(/^.*:/, ""), attributes: {}, children: [], text: "" };
      for (const [, key, double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) element.attributes[key] = unescape(double ?? single);
      top.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return root.children[0] ?? root;
}

function find(element, name) {
  return element.children.find((child) => child.name === name);
}

function tag(name, inside, ns, attributes = "") {
  const [prefix, uri] = ns?.includes("|") ? ns.split("|") : ["", ns];
  return `<${name}${uri ? ` xmlns${prefix ? `:${prefix}` : ""}="${uri}"` : ""}${attributes}>${inside}</${name}>`;
}

function writeEntry(table, shape, [key, value]) {
  const parts = table.members(shape);
  return tag(parts.key.wire || "key", escape(key)) + writeElement(table, parts.value.wire || "value", parts.value, value);
}

function writeElement(table, name, member, value) {
  const shape = table.shape(member.shape);
  const parts = table.members(member.shape);
  const ns = member.ns ?? shape.ns;
  switch (shape.is) {
    case "structure": return tag(name, writeMembers(table, member.shape, value), ns, writeAttributes(table, member.shape, value));
    case "list": return tag(name, Array.from(value, (item) => writeElement(table, parts.item.wire || "member", parts.item, item)).join(""), ns);
    case "map": return tag(name, Object.entries(value).map((entry) => tag("entry", writeEntry(table, member.shape, entry))).join(""), ns);
    default: return tag(name, escape(toText(table, member, value, "iso8601")), ns);
  }
}

function writeAttributes(table, shape, value) {
  return Object.values(table.members(shape)).filter((member) => member.attribute && value[member.name] !== undefined)
    .map((member) => ` ${member.wire}="${escape(String(value[member.name]))}"`).join("");
}

function writeMember(table, member, value) {
  if (!table.isFlattened(member)) return writeElement(table, member.wire, member, value);
  const parts = table.members(member.shape);
  if (table.shape(member.shape).is === "list") return Array.from(value, (item) => writeElement(table, table.flattenedName(member), parts.item, item)).join("");
  return Object.entries(value).map((entry) => tag(member.wire, writeEntry(table, member.shape, entry), member.ns)).join("");
}

function writeMembers(table, shape, value) {
  return Object.values(table.members(shape)).filter((member) => member.at === "body" && !member.attribute && value[member.name] != null)
    .map((member) => writeMember(table, member, value[member.name])).join("");
}

function readEntries(table, shape, elements) {
  const parts = table.members(shape);
  return Object.fromEntries(elements.map((entry) => {
    const value = find(entry, parts.value.wire || "value");
    return [find(entry, parts.key.wire || "key")?.text ?? "", value ? readElement(table, parts.value, value) : ""];
  }));
}

function readElement(table, member, element) {
  const parts = table.members(member.shape);
  switch (table.shape(member.shape).is) {
    case "structure": return readStructure(table, member.shape, element);
    case "list": return element.children.filter((child) => child.name === (parts.item.wire || "member")).map((child) => readElement(table, parts.item, child));
    case "map": return readEntries(table, member.shape, element.children.filter((child) => child.name === "entry"));
    default: return fromText(table, member, element.text);
  }
}

function readMember(table, member, parent) {
  if (member.attribute) return parent.attributes[member.wire];
  if (!table.isFlattened(member)) {
    const element = find(parent, member.wire);
    return element && readElement(table, member, element);
  }
  const found = parent.children.filter((child) => child.name === table.flattenedName(member));
  if (!found.length) return undefined;
  if (table.shape(member.shape).is === "map") return readEntries(table, member.shape, found);
  return found.map((child) => readElement(table, table.members(member.shape).item, child));
}

function readStructure(table, shape, element) {
  const made = {};
  for (const member of Object.values(table.members(shape))) {
    const value = member.at === "body" ? readMember(table, member, element) : undefined;
    if (value !== undefined) made[member.name] = value;
  }
  return made;
}

module.exports = { find, readStructure, readXml, tag, writeElement, writeMembers };
