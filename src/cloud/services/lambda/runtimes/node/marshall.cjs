// "@aws-sdk/util-dynamodb": JavaScript values to DynamoDB's attribute values and back.

// A number kept as its text: JavaScript's have 16 digits, DynamoDB's 38.
class NumberValue {
  constructor(value) {
    this.value = String(typeof value === "object" ? value.N : value);
  }

  static from(value) {
    return new NumberValue(value);
  }

  toAttributeValue() {
    return { N: this.value };
  }

  toBigInt() {
    return BigInt(this.value);
  }

  toString() {
    return this.value;
  }
}

function numberOf(value) {
  if (typeof value === "bigint") return { N: value.toString() };
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Error(`Number ${value} is ${value > 0 ? "greater than Number.MAX" : "lesser than Number.MIN"}_SAFE_INTEGER. Use BigInt.`);
  }
  return { N: value.toString() };
}

function isBinary(value) {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) || (typeof Blob !== "undefined" && value instanceof Blob);
}

function undefinedRefused() {
  return new Error("Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.");
}

function listOf(items, options) {
  const kept = options.removeUndefinedValues ? items.filter((item) => item !== undefined) : items;
  return { L: kept.map((item) => convertToAttr(item, options)) };
}

function setOf(set, options) {
  const items = [...set].filter((item) => item !== undefined || !options.removeUndefinedValues);
  if (items.includes(undefined)) throw undefinedRefused();
  if (!items.length) {
    if (options.convertEmptyValues) return { NULL: true };
    throw new Error("Pass a non-empty set, or options.convertEmptyValues=true.");
  }
  const [first] = items;
  if (first instanceof NumberValue) return { NS: items.map(String) };
  if (typeof first === "number" || typeof first === "bigint") return { NS: items.map((item) => numberOf(item).N) };
  if (typeof first === "string") return { SS: items };
  if (isBinary(first)) return { BS: items };
  throw new Error("Only Number Set (NS), Binary Set (BS), String Set (SS) are allowed.");
}

function mapOf(entries, options) {
  const made = {};
  for (const [key, value] of entries) {
    if (typeof value === "function" || (value === undefined && options.removeUndefinedValues)) continue;
    made[key] = convertToAttr(value, options);
  }
  return { M: made };
}

function isEmpty(value) {
  return value === "" || (isBinary(value) && (value.byteLength ?? value.size) === 0);
}

function convertToAttr(value, options = {}) {
  if (value === undefined) throw undefinedRefused();
  if (value === null || (options.convertEmptyValues && isEmpty(value))) return { NULL: true };
  if (Array.isArray(value)) return listOf(value, options);
  if (value instanceof Set) return setOf(value, options);
  if (value instanceof Map) return mapOf(value, options);
  if (value instanceof NumberValue) return value.toAttributeValue();
  if (isBinary(value)) return { B: value };
  if (typeof value === "boolean" || value instanceof Boolean) return { BOOL: value.valueOf() };
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Number) return numberOf(value.valueOf());
  if (typeof value === "string" || value instanceof String) return { S: value.valueOf() };
  const plain = typeof value === "object" && [null, Object.prototype].includes(Object.getPrototypeOf(value));
  if (plain || (typeof value === "object" && options.convertClassInstanceToMap)) return mapOf(Object.entries(value), options);
  throw new Error(`Unsupported type passed: ${value}. Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.`);
}

// An item's attributes; of other values the attribute value.
function marshall(data, options = {}) {
  const made = convertToAttr(data, options);
  const [type] = Object.keys(made);
  return (type === "M" || type === "L") && !options.convertTopLevelContainer ? made[type] : made;
}

function nativeNumber(text, options) {
  if (typeof options.wrapNumbers === "function") return options.wrapNumbers(text);
  if (options.wrapNumbers) return NumberValue.from(text);
  const number = Number(text);
  if (Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  try {
    return BigInt(text);
  } catch {
    throw new Error(`${text} can't be converted to BigInt. Set options.wrapNumbers to get string value.`);
  }
}

function convertToNative(data, options = {}) {
  const [type, value] = Object.entries(data).find((entry) => entry[1] !== undefined) ?? [];
  switch (type) {
    case "NULL": return null;
    case "BOOL": return Boolean(value);
    case "N": return nativeNumber(value, options);
    case "B": return value;
    case "S": return String(value);
    case "L": return value.map((item) => convertToNative(item, options));
    case "M": return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convertToNative(item, options)]));
    case "NS": return new Set(value.map((item) => nativeNumber(item, options)));
    case "BS": case "SS": return new Set(value);
    default: throw new Error(type ? `Unsupported type passed: ${type}` : `No value defined: ${JSON.stringify(data)}`);
  }
}

function unmarshall(data, options = {}) {
  return convertToNative(options.convertWithoutMapWrapper ? data : { M: data }, options);
}

module.exports = { NumberValueImpl: NumberValue, convertToAttr, convertToNative, marshall, unmarshall };
