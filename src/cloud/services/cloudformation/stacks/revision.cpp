#include "cloud/services/cloudformation/stacks/revision.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/change_details.h"
#include "cloud/services/cloudformation/stacks/macros.h"
#include "cloud/services/cloudformation/stacks/s3_text.h"
#include "cloud/services/cloudformation/stacks/type_checks.h"
#include "cloud/services/cloudformation/template/mapped.h"
#include "cloud/services/cloudformation/template/rules.h"
#include "cloud/services/cloudformation/template/transform.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::string_view kS3Scheme = "s3://";

Answer<std::string> ReadSsm(Context& context, std::string_view name) {
  const Answer<> read = context.Call("ssm", "GetParameters",
                                     {{"Names", json::Array{name}}, {"WithDecryption", false}});
  if (read && !read->GetArray("Parameters").empty()) {
    const json::Object& parameter = read->GetArray("Parameters")[0].AsObject();
    if (parameter.GetString("Type") == "SecureString") {
      return ValidationError(fmt::format(
          "Parameters [{}] referenced by template have types not supported by CloudFormation.",
          name));
    }
    return std::string(parameter.GetString("Value"));
  }
  return ValidationError(
      fmt::format("Unable to fetch parameters [{}] from parameter store for this account.", name));
}

// The text and the document that the input means.
struct Source {
  std::string text;
  json::Object document;
};

Answer<Source> ReadSource(Context& context, const json::Object& input,
                          const PrepareOptions& options) {
  Source source;
  if (input.GetBool("UsePreviousTemplate")) {
    if (!options.previous)
      return ValidationError("UsePreviousTemplate cannot be used when creating a stack.");
    source.text = options.previous->GetString("TemplateBody");
  } else {
    TL_TRY(const std::optional<std::string> text, ReadTemplateText(context, input));
    if (!text) return ValidationError("Either Template URL or Template Body must be specified.");
    source.text = *text;
  }
  TL_TRY(source.document, ReadTemplate(source.text));
  return source;
}

Answer<void> CheckTags(const json::Array& tags) {
  if (tags.size() > kMaxTags)
    return ValidationError(fmt::format("A stack can have at most {} tags", kMaxTags));
  for (const json::Value& tag : tags) {
    if (tag.AsObject().GetString("Key").starts_with("aws:"))
      return ValidationError("aws: prefixed tag key names are not allowed for external use.");
  }
  return {};
}

bool HasCapability(const json::Object& input, std::string_view name) {
  const json::Array& all = input.GetArray("Capabilities");
  return std::any_of(all.begin(), all.end(),
                     [&](const json::Value& one) { return one.AsString() == name; });
}

Answer<void> CheckCapabilities(const Template& document, const json::Object& input) {
  const NeededCapabilities needed = CapabilitiesOf(document);
  const bool named = HasCapability(input, "CAPABILITY_NAMED_IAM");
  if (needed.named_iam && !named) {
    return ServiceError("InsufficientCapabilitiesException",
                        "Requires capabilities : [CAPABILITY_NAMED_IAM]");
  }
  if (needed.iam && !named && !HasCapability(input, "CAPABILITY_IAM")) {
    return ServiceError("InsufficientCapabilitiesException",
                        "Requires capabilities : [CAPABILITY_IAM]");
  }
  return {};
}

// What an update leaves out stays as it was: tags, topics.
const json::Value* FromInputOrBefore(const json::Object& input, const json::Object* previous,
                                     std::string_view member) {
  if (const json::Value* value = input.Find(member)) return value;
  return previous ? previous->Find(member) : nullptr;
}

json::Object MakeBody(const json::Object& input, const PrepareOptions& options, Source source,
                      const ParameterValues& parameters) {
  json::Object body{{"TemplateBody", std::move(source.text)}, {"Parameters", parameters.kept}};
  body.SetIfNotEmpty("Description", source.document.GetString("Description"));
  for (const char* member : {"Tags", "NotificationARNs"}) {
    if (const json::Value* value = FromInputOrBefore(input, options.previous, member))
      body.Set(member, *value);
  }
  if (const json::Value* capabilities = input.Find("Capabilities"))
    body.Set("Capabilities", *capabilities);
  return body;
}

using MacroRunner = std::function<Answer<json::Value>(const MacroCall& call)>;

// A document with transforms done; the same document where it has none.
Answer<json::Object> Expand(Context& context, json::Object document, const Scope& scope,
                            MacroRunner run_macro) {
  if (!HasTransforms(document)) return document;
  TransformWorld world;
  world.scope = &scope;
  world.read_include = [&](std::string_view url) { return ReadS3Text(context, url, "Location"); };
  world.call_macro = std::move(run_macro);
  world.moment = json::Write(Timestamp(context));
  return ExpandTransforms(std::move(document), world);
}

// A parameter's default. A text without one is taken for its name: serverless resources make
// logical ids of some, where nothing would be wrong.
json::Value AssumedValue(const json::Member& parameter) {
  const json::Object nothing;
  const json::Object& declared = parameter.value.IsObject() ? parameter.value.AsObject() : nothing;
  if (const json::Value* value = declared.Find("Default")) return *value;
  return declared.GetString("Type") == "String" ? json::Value(parameter.key) : json::Value("");
}

// Everything from a checked document to what can be carried out.
Answer<void> Complete(Revision& revision) {
  revision.scope.document = revision.document.get();
  TL_DO(EvaluateConditions(revision.scope));
  TL_DO(CheckRules(revision.scope));
  TL_TRY(revision.dependencies, FindDependencies(revision.scope));
  return {};
}

}  // namespace

json::Object PseudoParameters(const Context& context, const StackIdentity& stack,
                              const json::Array& topics) {
  const bool china = context.region.starts_with("cn-");
  const bool government = context.region.starts_with("us-gov-");
  return {{"AWS::AccountId", context.caller.account},
          {"AWS::Region", context.region},
          {"AWS::Partition", china        ? "aws-cn"
                             : government ? "aws-us-gov"
                                          : "aws"},
          {"AWS::URLSuffix", china ? "amazonaws.com.cn" : "amazonaws.com"},
          {"AWS::StackId", stack.id},
          {"AWS::StackName", stack.name},
          {"AWS::NotificationARNs", topics}};
}

Answer<std::optional<std::string>> ReadTemplateText(Context& context, const json::Object& input,
                                                    std::string_view body, std::string_view url) {
  if (input.Has(body)) {
    std::string text(input.GetString(body));
    if (text.size() > kInlineTemplateSize) {
      return ValidationError(fmt::format(
          "1 validation error detected: Value '{}' at '{}' failed to satisfy constraint: Member "
          "must have length less than or equal to {}",
          text, body == "TemplateBody" ? "templateBody" : body, kInlineTemplateSize));
    }
    return std::optional(std::move(text));
  }
  if (!input.Has(url)) return std::optional<std::string>();
  if (const std::string_view given = input.GetString(url); given.starts_with(kS3Scheme)) {
    // The service takes the bucket for a host, and does not know it (seen).
    const std::string_view rest = given.substr(kS3Scheme.size());
    return ValidationError(
        fmt::format("S3 error: Domain name specified in {} is not a valid S3 domain",
                    rest.substr(0, rest.find('/'))));
  }
  TL_TRY(std::string text, ReadS3Text(context, input.GetString(url), url));
  return std::optional(std::move(text));
}

Answer<Revision> Prepare(Context& context, const json::Object& input, const StackIdentity& stack,
                         const PrepareOptions& options) {
  TL_TRY(Source source, ReadSource(context, input, options));
  TL_DO(CheckTags(input.GetArray("Tags")));
  const bool transforms = HasTransforms(source.document);
  if (transforms && options.directly && !HasCapability(input, "CAPABILITY_AUTO_EXPAND")) {
    return ServiceError("InsufficientCapabilitiesException",
                        "Requires capabilities : [CAPABILITY_AUTO_EXPAND]");
  }
  Revision revision;
  ParameterSources sources;
  sources.given = &input.GetArray("Parameters");
  if (options.previous) sources.previous = &options.previous->GetArray("Parameters");
  sources.read_ssm = [&](std::string_view name) { return ReadSsm(context, name); };
  if (options.known_later) sources.known_later = kKnownAfterApply;
  TL_TRY(revision.parameters, ResolveParameters(source.document, sources));
  json::Object document = source.document;
  revision.body = MakeBody(input, options, std::move(source), revision.parameters);
  revision.scope.parameters = revision.parameters.values;
  revision.scope.pseudo =
      PseudoParameters(context, stack, revision.body.GetArray("NotificationARNs"));
  if (transforms) {
    const MacroRunner run_macro = [&](const MacroCall& call) { return CallMacro(context, call); };
    TL_TRY(document, Expand(context, std::move(document), revision.scope, run_macro));
    revision.body.Set("Processed", json::Write(json::Value(document)));
  }
  TL_TRY(Template made, MakeTemplate(std::move(document)));
  revision.document = std::make_unique<const Template>(std::move(made));
  TL_DO(CheckReferences(*revision.document));
  TL_DO(CheckTypes(*revision.document));
  TL_DO(CheckCapabilities(*revision.document, input));
  TL_DO(Complete(revision));
  if (!options.known_later) TL_DO(CheckMapped(revision.scope, revision.dependencies));
  return revision;
}

Answer<Revision> RestoreRevision(Context& context, const StackIdentity& stack, json::Object body) {
  Revision revision;
  const bool processed = body.Has("Processed");
  TL_TRY(json::Object document,
         ReadTemplate(body.GetString(processed ? "Processed" : "TemplateBody")));
  TL_TRY(revision.parameters, RestoreParameters(document, body.GetArray("Parameters")));
  revision.scope.parameters = revision.parameters.values;
  revision.scope.pseudo = PseudoParameters(context, stack, body.GetArray("NotificationARNs"));
  TL_TRY(Template made, MakeTemplate(std::move(document)));
  revision.document = std::make_unique<const Template>(std::move(made));
  revision.body = std::move(body);
  revision.scope.document = revision.document.get();
  TL_DO(EvaluateConditions(revision.scope));
  TL_TRY(revision.dependencies, FindDependencies(revision.scope));
  return revision;
}

NeededCapabilities CapabilitiesOf(const Template& document) {
  NeededCapabilities needed;
  for (const TemplateResource& resource : document.resources) {
    const ResourceType* type = FindResourceType(resource.type);
    if (!type || (!type->needs_iam && !type->needs_named_iam)) continue;
    needed.iam = true;
    if (std::find(needed.types.begin(), needed.types.end(), resource.type) == needed.types.end())
      needed.types.push_back(resource.type);
    // AWS::IAM::Role has RoleName, AWS::IAM::ManagedPolicy ManagedPolicyName.
    const std::string name = resource.type.substr(resource.type.rfind(':') + 1) + "Name";
    if (type->needs_named_iam && resource.properties.Has(name)) needed.named_iam = true;
  }
  return needed;
}

Answer<Template> CheckTemplateText(Context& context, const std::string& text) {
  TL_TRY(json::Object document, ReadTemplate(text));
  Scope scope;
  scope.pseudo = PseudoParameters(context, {}, {});
  for (const json::Member& parameter : document.GetObject("Parameters")) {
    scope.parameters.Set(parameter.key, AssumedValue(parameter));
  }
  const MacroRunner leave = [](const MacroCall& call) -> Answer<json::Value> {
    return call.fragment;
  };
  TL_TRY(document, Expand(context, std::move(document), scope, leave));
  TL_TRY(Template made, MakeTemplate(std::move(document)));
  TL_DO(CheckReferences(made));
  TL_DO(CheckTypes(made));
  return made;
}

}  // namespace trunkline::cloud::cloudformation
