#include "cloud/services/lambda/records.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cloud::lambda {
namespace {

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

ServiceError NotFound(const Context& context, std::string_view name, std::string_view qualifier) {
  return {"ResourceNotFoundException",
          fmt::format("Function not found: {}", FunctionArn(context, name, qualifier))};
}

}  // namespace

Answer<Name> ReadName(const Context& context, const json::Object& input) {
  const std::string given(input.GetString("FunctionName"));
  std::vector<std::string_view> parts = Split(given, ':');
  std::string_view account = context.caller.account;
  std::string_view region = context.region;
  if (parts.size() >= 7 && parts[0] == "arn" && parts[2] == "lambda" && parts[5] == "function") {
    region = parts[3];
    account = parts[4];
    parts.erase(parts.begin(), parts.begin() + 6);
  } else if (parts.size() >= 3 && parts[1] == "function") {
    account = parts[0];
    parts.erase(parts.begin(), parts.begin() + 2);
  }
  if (parts.empty() || parts.size() > 2 || !IsName(parts[0])) {
    return ServiceError("InvalidParameterValueException",
                        fmt::format("expected a function's name or ARN but got '{}'", given));
  }
  Name name{.function = std::string(parts[0]),
            .qualifier = parts.size() == 2 ? std::string(parts[1]) : std::string()};
  const std::string_view qualifier = input.GetString("Qualifier");
  if (!qualifier.empty() && !name.qualifier.empty() && qualifier != name.qualifier) {
    return ServiceError(
        "InvalidParameterValueException",
        "The derived qualifier from the function name does not match the specified qualifier.");
  }
  if (!qualifier.empty()) name.qualifier = qualifier;
  if (region != context.region) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("Functions from '{}' are not reachable in this region ('{}')",
                                    region, context.region));
  }
  if (account != context.caller.account) {
    return ServiceError("ResourceNotFoundException", fmt::format("Function not found: {}", given));
  }
  return name;
}

std::string FunctionArn(const Context& context, std::string_view name, std::string_view qualifier) {
  return fmt::format("arn:aws:lambda:{}:{}:function:{}{}{}", context.region, context.caller.account,
                     name, qualifier.empty() ? "" : ":", qualifier);
}

std::string WireTime(TimePoint time) {
  std::string text = ToIso8601(time);
  text.pop_back();
  if (text.find('.') == std::string::npos) text += ".000";
  return text + "+0000";
}

Answer<const Record*> FindFunction(Context& context, std::string_view name) {
  const Record* record = context.store.Find(context.RegionScope(), kFunction, name);
  if (record == nullptr) return NotFound(context, name, {});
  return record;
}

void DropPolicy(Context& context, const Name& name) {
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  if (function == nullptr || !function->body.GetObject("Policies").Has(name.qualifier)) return;
  Record record = *function;
  record.body["Policies"].AsObject().Remove(name.qualifier);
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
}

// Records of earlier versions of this program have none.
std::string BuildOf(const Record& record) {
  const std::string_view revision = record.body.GetObject("Configuration").GetString("RevisionId");
  return std::string(record.body.GetString("Build", revision));
}

Answer<Resolved> Resolve(Context& context, const Name& name) {
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  if (function == nullptr) return NotFound(context, name.function, name.qualifier);
  std::string version = name.qualifier.empty() ? std::string(kLatest) : name.qualifier;
  if (version != kLatest && !ToInt(version)) {
    const Record* alias =
        context.store.Find(context.RegionScope(), kAlias, name.function + ":" + version);
    if (alias == nullptr) return NotFound(context, name.function, name.qualifier);
    version = alias->body.GetString("FunctionVersion");
  }
  const Record* record = function;
  if (version != kLatest) {
    record = context.store.Find(context.RegionScope(), kVersion, name.function + ":" + version);
    if (record == nullptr) return NotFound(context, name.function, version);
  }
  return Resolved{.configuration = record->body.GetObject("Configuration"),
                  .code_id = std::string(record->body.GetString("CodeId")),
                  .version = version,
                  .build = BuildOf(*record)};
}

}  // namespace trunkline::cloud::lambda
