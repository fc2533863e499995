// Labels: names for versions of a parameter. A label belongs to one version at a time.
#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "cloud/services/ssm/families.h"
#include "cloud/services/ssm/parameter.h"

namespace trunkline::cloud::ssm {
namespace {

constexpr std::size_t kMaxLabels = 10;

bool IsLabel(std::string_view label) {
  const auto fits = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
  };
  const std::string start = ToLower(label.substr(0, 3));
  return std::ranges::all_of(label, fits) && start != "aws" && start != "ssm" &&
         std::isdigit(static_cast<unsigned char>(label.front())) == 0;
}

Answer<Record> FindLabelled(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  const Record* parameter = FindParameter(context, name);
  if (!parameter) return ServiceError("ParameterNotFound", "Parameter " + name + " not found.");
  const std::int64_t version = input.GetInt("ParameterVersion", parameter->body.GetInt("Version"));
  const Record* record =
      context.store.Find(context.RegionScope(), kVersion, VersionId(parameter->id, version));
  if (record) return *record;
  return ServiceError("ParameterVersionNotFound",
                      "Systems Manager could not find version " + std::to_string(version) + " of " +
                          parameter->id + ". Verify the version and try again.");
}

bool Drop(json::Array& labels, const std::string& label) {
  return std::erase_if(labels,
                       [&](const json::Value& value) { return value.AsString() == label; }) != 0;
}

// The parameter's own record shows the labels of its newest version.
void Keep(Context& context, Record version, json::Array labels) {
  version.body.Set("Labels", std::move(labels));
  if (const Record* newest = context.store.Find(context.RegionScope(), kParameter, version.parent);
      newest && newest->body.GetInt("Version") == version.body.GetInt("Version")) {
    Record record = *newest;
    record.body.Set("Labels", version.body.At("Labels"));
    context.store.Put(context.RegionScope(), kParameter, std::move(record));
  }
  context.store.Put(context.RegionScope(), kVersion, std::move(version));
}

void TakeFromOthers(Context& context, const Record& target, const std::string& label) {
  std::vector<Record> versions;
  for (const Record* version : context.store.List(context.RegionScope(), kVersion, target.parent)) {
    if (version->id != target.id) versions.push_back(*version);
  }
  for (Record& version : versions) {
    json::Array labels = version.body.GetArray("Labels");
    if (Drop(labels, label)) Keep(context, std::move(version), std::move(labels));
  }
}

Answer<> LabelParameterVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindLabelled(context, input));
  json::Array labels = record.body.GetArray("Labels");
  json::Array invalid;
  for (const json::Value& label : input.GetArray("Labels")) {
    if (!IsLabel(label.AsString())) {
      invalid.push_back(label);
      continue;
    }
    Drop(labels, label.AsString());
    labels.push_back(label);
    TakeFromOthers(context, record, label.AsString());
  }
  if (labels.size() > kMaxLabels) {
    return ServiceError("ParameterVersionLabelLimitExceeded",
                        "A parameter version can have maximum 10 labels. Move one or more labels "
                        "to another version "
                        "and try again.");
  }
  const json::Value version = record.body.At("Version");
  Keep(context, record, std::move(labels));
  return json::Object{{"InvalidLabels", std::move(invalid)}, {"ParameterVersion", version}};
}

Answer<> UnlabelParameterVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindLabelled(context, input));
  json::Array labels = record.body.GetArray("Labels");
  json::Array removed;
  json::Array invalid;
  for (const json::Value& label : input.GetArray("Labels")) {
    (Drop(labels, label.AsString()) ? removed : invalid).push_back(label);
  }
  Keep(context, record, std::move(labels));
  return json::Object{{"RemovedLabels", std::move(removed)}, {"InvalidLabels", std::move(invalid)}};
}

constexpr Operation kOperations[] = {
    {.name = "LabelParameterVersion", .handle = LabelParameterVersion},
    {.name = "UnlabelParameterVersion", .handle = UnlabelParameterVersion},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLabelOperations = kOperations;

}  // namespace trunkline::cloud::ssm
