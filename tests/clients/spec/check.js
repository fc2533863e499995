// Checks CloudFormation templates against AWS's schemas of its resource types, as @aws-cdk/aws-service-spec has them: every
// type, every property and its type, what is required, and that references lead somewhere.
//
//   node check.js FOLDER_OF_NODE_MODULES TEMPLATE...
//
// Prints {"checked": {"<type>": <how many>}, "properties": <how many>, "problems": [..]}. What a schema leaves open (JSON
// documents, such as policies) is not looked into.
const fs = require('fs');
const path = require('path');

const { loadAwsServiceSpecSync } = require(path.join(process.argv[2], '@aws-cdk/aws-service-spec'));
const db = loadAwsServiceSpecSync();
const PSEUDO = ['AccountId', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map((name) => `AWS::${name}`);

const checked = {};
const problems = [];
let properties = 0;

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const functionOf = (value) => {
  const keys = isObject(value) ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')) ? keys[0] : undefined;
};

class TemplateCheck {
  constructor(file) {
    this.file = path.basename(file);
    this.template = JSON.parse(fs.readFileSync(file, 'utf8'));
    this.parameters = this.template.Parameters || {};
    this.resources = this.template.Resources;
  }

  say(where, what) { problems.push(`${this.file}: ${where}: ${what}`); }

  run() {
    for (const [id, resource] of Object.entries(this.resources)) this.resource(id, resource);
    for (const [id, output] of Object.entries(this.template.Outputs || {})) this.references(`Outputs.${id}`, output.Value);
  }

  resource(id, resource) {
    const found = db.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (found.length !== 1) return this.say(id, `there is no type '${resource.Type}'`);
    checked[resource.Type] = (checked[resource.Type] || 0) + 1;
    this.members(id, found[0].properties, resource.Properties || {});
    this.references(id, resource.Properties || {});
    for (const other of resource.DependsOn || []) if (!this.resources[other]) this.say(id, `depends on '${other}', which is not there`);
  }

  // An object against named properties.
  members(where, schema, value) {
    for (const [name, one] of Object.entries(value)) {
      properties += 1;
      if (!schema[name]) this.say(where, `there is no property '${name}'`);
      else this.value(`${where}.${name}`, schema[name].type, one);
    }
    for (const [name, one] of Object.entries(schema)) {
      if (one.required && !(name in value)) this.say(where, `property '${name}' is required`);
    }
  }

  value(where, type, value) {
    const call = functionOf(value);
    if (call === 'Fn::If') {
      for (const branch of value[call].slice(1)) this.value(where, type, branch);
      return;
    }
    if (call) return;
    const wrong = this.mismatch(where, type, value);
    if (wrong) this.say(where, `expected ${wrong} but got ${JSON.stringify(value).slice(0, 60)}`);
  }

  // What was expected, or nothing when the value fits.
  mismatch(where, type, value) {
    const kind = typeof value;
    switch (type.type) {
      case 'string': case 'date-time': return kind === 'string' ? undefined : 'a text';
      case 'integer': return Number.isInteger(value) ? undefined : 'a whole number';
      case 'number': return kind === 'number' ? undefined : 'a number';
      case 'boolean': return kind === 'boolean' ? undefined : 'true or false';
      case 'json': return kind === 'object' || kind === 'string' ? undefined : 'a document';
      case 'tag': return isObject(value) && 'Key' in value && 'Value' in value ? undefined : 'a tag';
      case 'array':
        if (!Array.isArray(value)) return 'a list';
        value.forEach((one, i) => this.value(`${where}[${i}]`, type.element, one));
        return undefined;
      case 'map':
        if (!isObject(value)) return 'a map';
        for (const [key, one] of Object.entries(value)) this.value(`${where}.${key}`, type.element, one);
        return undefined;
      case 'ref':
        if (!isObject(value)) return 'an object';
        this.members(where, db.get('typeDefinition', type.reference.$ref).properties, value);
        return undefined;
      case 'union': return this.union(where, type.types, value);
      default: return `something of the unknown kind '${type.type}'`;
    }
  }

  // One of several types: none of its problems count when another type fits.
  union(where, types, value) {
    const before = problems.length;
    const counted = properties;
    for (const one of types) {
      const wrong = this.mismatch(where, one, value);
      if (!wrong && problems.length === before) return undefined;
      problems.length = before;
      properties = counted;
    }
    return `one of ${types.length} kinds`;
  }

  references(where, value) {
    if (Array.isArray(value)) return value.forEach((one) => this.references(where, one));
    if (!isObject(value)) return undefined;
    const call = functionOf(value);
    if (call === 'Ref') this.named(where, value.Ref);
    if (call === 'Fn::GetAtt') this.attribute(where, ...value[call]);
    if (call === 'Fn::Sub') {
      for (const [, name] of value[call].matchAll(/\$\{([^!}][^}]*)\}/g)) {
        const [resource, ...rest] = name.split('.');
        if (rest.length) this.attribute(where, resource, rest.join('.'));
        else this.named(where, name);
      }
    }
    return Object.values(value).forEach((one) => this.references(where, one));
  }

  named(where, name) {
    if (!PSEUDO.includes(name) && !this.parameters[name] && !this.resources[name]) this.say(where, `nothing is named '${name}'`);
  }

  attribute(where, id, name) {
    const resource = this.resources[id];
    if (!resource) return this.say(where, `there is no resource '${id}'`);
    const [found] = db.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (found && !found.attributes[name]) this.say(where, `'${resource.Type}' has no attribute '${name}'`);
    return undefined;
  }
}

process.argv.slice(3).forEach((file) => new TemplateCheck(file).run());
console.log(JSON.stringify({ checked, properties, problems }));
