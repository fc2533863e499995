#include "cloud/services/codebuild/batch_spec.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::size_t kMostParts = 100;

std::string ScalarText(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  return {};
}

bool Flag(const json::Object& in, std::string_view key) {
  const json::Value* value = in.Find(key);
  const std::string word = value ? ToLower(ScalarText(*value)) : "";
  return word == "true" || word == "yes" || word == "on";
}

void AddVariable(json::Object& overrides, std::string_view name, std::string value) {
  constexpr std::string_view kKey = "environmentVariablesOverride";
  if (!overrides.Has(kKey)) overrides.Set(kKey, json::Array());
  overrides[kKey].AsArray().push_back(
      json::Object{{"name", name}, {"value", std::move(value)}, {"type", "PLAINTEXT"}});
}

// One choice of what an `env` block may say.
void Choose(json::Object& overrides, std::string_view key, const json::Value& value) {
  if (key == "compute-type") overrides.Set("computeTypeOverride", ScalarText(value));
  if (key == "image") overrides.Set("imageOverride", ScalarText(value));
  if (key == "type") overrides.Set("environmentTypeOverride", ScalarText(value));
  if (key == "privileged-mode")
    overrides.Set("privilegedModeOverride", ToLower(ScalarText(value)) == "true");
}

void TakeEnvironment(const json::Object& env, json::Object& overrides) {
  for (const json::Member& member : env) Choose(overrides, member.key, member.value);
  for (const json::Member& variable : env.GetObject("variables"))
    AddVariable(overrides, variable.key, ScalarText(variable.value));
}

Result<BatchPart> ReadPart(const json::Value& value) {
  if (!value.IsObject())
    return Error(ErrorKind::kInvalid, "expected a build of the batch to be a map");
  const json::Object& in = value.AsObject();
  BatchPart part;
  part.identifier = in.GetString("identifier");
  if (part.identifier.empty())
    return Error(ErrorKind::kInvalid, "a build of the batch has no identifier");
  part.ignore_failure = Flag(in, "ignore-failure");
  for (const json::Value& other : in.GetArray("depend-on"))
    part.depends_on.push_back(ScalarText(other));
  part.overrides.SetIfNotEmpty("buildspecOverride", in.GetString("buildspec"));
  TakeEnvironment(in.GetObject("env"), part.overrides);
  return part;
}

Result<void> ReadList(const json::Array& list, std::vector<BatchPart>& parts) {
  for (const json::Value& value : list) {
    TL_TRY(BatchPart part, ReadPart(value));
    parts.push_back(std::move(part));
  }
  return {};
}

json::Array Choices(const json::Value& value) {
  if (value.IsArray()) return value.AsArray();
  json::Array one;
  one.push_back(value);
  return one;
}

using Chooser = void (*)(json::Object& overrides, std::string_view key, const json::Value& value);

// Every part there is, once for each choice.
void Multiply(std::vector<BatchPart>& parts, std::string_view key, const json::Value& choices,
              Chooser choose) {
  std::vector<BatchPart> more;
  for (const BatchPart& part : parts) {
    for (const json::Value& choice : Choices(choices)) {
      if (more.size() > kMostParts) break;
      more.push_back(part);
      choose(more.back().overrides, key, choice);
    }
  }
  parts = std::move(more);
}

void ReadMatrix(const json::Object& matrix, std::vector<BatchPart>& parts) {
  BatchPart first;
  const json::Object& fixed = matrix.GetObject("static");
  first.ignore_failure = Flag(fixed, "ignore-failure");
  TakeEnvironment(fixed.GetObject("env"), first.overrides);
  std::vector<BatchPart> made{std::move(first)};
  const json::Object& dynamic = matrix.GetObject("dynamic");
  if (const json::Value* specs = dynamic.Find("buildspec")) {
    Multiply(made, "", *specs,
             [](json::Object& overrides, std::string_view, const json::Value& value) {
               overrides.Set("buildspecOverride", ScalarText(value));
             });
  }
  for (const json::Member& member : dynamic.GetObject("env")) {
    if (member.key != "variables") Multiply(made, member.key, member.value, Choose);
  }
  for (const json::Member& variable : dynamic.GetObject("env").GetObject("variables")) {
    Multiply(made, variable.key, variable.value,
             [](json::Object& overrides, std::string_view key, const json::Value& value) {
               AddVariable(overrides, key, ScalarText(value));
             });
  }
  for (std::size_t i = 0; i < made.size(); ++i) made[i].identifier = "build" + std::to_string(i);
  std::move(made.begin(), made.end(), std::back_inserter(parts));
}

// Every identifier once, every dependency known, and nobody waits for himself.
Result<void> CheckParts(const std::vector<BatchPart>& parts) {
  if (parts.empty()) return Error(ErrorKind::kInvalid, "the batch has no builds");
  if (parts.size() > kMostParts)
    return Error(ErrorKind::kInvalid, "the batch has more than {} builds", kMostParts);
  std::set<std::string> known;
  for (const BatchPart& part : parts) {
    if (!known.insert(part.identifier).second)
      return Error(ErrorKind::kInvalid, "duplicate build identifier '{}'", part.identifier);
  }
  std::set<std::string> done;
  for (std::size_t round = 0; round <= parts.size(); ++round) {
    for (const BatchPart& part : parts) {
      for (const std::string& other : part.depends_on) {
        if (!known.contains(other)) {
          return Error(ErrorKind::kInvalid, "build '{}' depends on '{}', which is not in the batch",
                       part.identifier, other);
        }
      }
      if (std::ranges::all_of(part.depends_on,
                              [&](const std::string& other) { return done.contains(other); })) {
        done.insert(part.identifier);
      }
    }
  }
  if (done.size() == parts.size()) return {};
  return Error(ErrorKind::kInvalid, "builds of the batch depend on each other in a circle");
}

}  // namespace

Result<BatchSpec> ReadBatchSpec(const json::Object& batch) {
  BatchSpec spec;
  spec.fast_fail = Flag(batch, "fast-fail");
  if (batch.Has("build-fanout"))
    return Error(ErrorKind::kInvalid, "build-fanout is not implemented by this cloud");
  TL_DO(ReadList(batch.GetArray("build-list"), spec.parts));
  TL_DO(ReadList(batch.GetArray("build-graph"), spec.parts));
  if (batch.Has("build-matrix")) ReadMatrix(batch.GetObject("build-matrix"), spec.parts);
  TL_DO(CheckParts(spec.parts));
  return spec;
}

}  // namespace trunkline::cloud::codebuild
