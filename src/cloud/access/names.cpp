#include "cloud/access/names.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/access/condition.h"
#include "cloud/services/s3/copy_source.h"

namespace trunkline::cloud::access {
namespace {

using Input = json::Object;

std::string_view Behind(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? text : text.substr(at + mark.size());
}

// "http://127.0.0.1:4566/123456789012/name"
void NameQueue(std::string_view region, const Input& input, json::Object& names) {
  const std::vector<std::string_view> url = Split(input.GetString("QueueUrl"), '/');
  if (url.size() < 2) return;
  names.Set("QueueArn",
            fmt::format("arn:aws:sqs:{}:{}:{}", region, url[url.size() - 2], url.back()));
}

// A build is "<project>:<uuid>", by itself or at the end of an ARN; a report's ARN ends in
// "report/<group>:<uuid>".
void NameBuilds(const Input& input, json::Object& names) {
  json::Array projects;
  json::Array groups;
  for (const std::string_view member :
       {"id", "ids", "arn", "reportArn", "reportArns", "projectArn"}) {
    for (const std::string& text : PolicyTexts(input.Find(member))) {
      const bool report = text.find(":report/") != std::string::npos;
      const std::string_view end =
          Behind(Behind(Behind(text, ":report/"), ":build/"), ":build-batch/");
      const std::string_view name = Behind(end.substr(0, text.find(":project/")), ":project/");
      if (report) groups.emplace_back(end.substr(0, end.find(':')));
      if (!report && !name.starts_with("arn:"))
        projects.emplace_back(name.substr(0, name.find(':')));
    }
  }
  if (!projects.empty()) names.Set("Projects", std::move(projects));
  if (!groups.empty()) names.Set("ReportGroups", std::move(groups));
}

std::string_view BusName(const Input& input) {
  return Behind(input.GetString("EventBusName", "default"), ":event-bus/");
}

void NameRules(const Input& input, json::Object& names) {
  const std::string_view rule = input.GetString("Rule", input.GetString("Name"));
  const std::string_view bus = BusName(input);
  if (!rule.empty()) {
    names.Set("RuleName", bus == "default" ? std::string(rule) : fmt::format("{}/{}", bus, rule));
  }
  json::Array buses;
  for (const json::Value& entry : input.GetArray("Entries")) {
    if (entry.IsObject()) buses.emplace_back(BusName(entry.AsObject()));
  }
  if (!buses.empty()) names.Set("Buses", std::move(buses));
}

// The code of a function, in the input itself or in its "Code".
void NameCode(const Input& input, json::Object& names) {
  const json::Object& code = input.Has("Code") ? input.GetObject("Code") : input;
  if (!code.Has("S3Bucket")) return;
  names.Set(code.Has("S3ObjectVersion") ? "CodeVersion" : "CodeObject",
            fmt::format("{}/{}", code.GetString("S3Bucket"), code.GetString("S3Key")));
}

void NameFunction(const Input& input, json::Object& names) {
  const std::string_view name = input.GetString("FunctionName");
  if (name.starts_with("arn:") || name.find(":function:") == std::string_view::npos) return;
  names.Set("FunctionName", Behind(name, ":function:"));
}

void NameStorage(const Input& input, json::Object& names) {
  const json::Object& bucket = input.GetObject("StorageConfig").GetObject("S3Config");
  if (bucket.Has("BucketName")) names.Set("StorageBucket", bucket.At("BucketName"));
  constexpr std::string_view kS3 = "s3://";
  const std::string_view audio = input.GetString("S3Uri");
  if (audio.starts_with(kS3)) names.Set("PromptObject", audio.substr(kS3.size()));
}

void NameObjects(const Input& input, json::Object& names) {
  if (input.Has("CopySource")) {
    const auto source = s3::ReadCopySource(input.GetString("CopySource"));
    const bool version = source && !source->version.empty();
    if (source) {
      names.Set(version ? "CopiedVersion" : "CopiedObject",
                fmt::format("{}/{}", source->bucket, source->key));
    }
  }
  json::Array objects;
  json::Array versions;
  for (const json::Value& one : input.GetObject("Delete").GetArray("Objects")) {
    if (!one.IsObject()) continue;
    json::Array& list = one.AsObject().Has("VersionId") ? versions : objects;
    list.emplace_back(
        fmt::format("{}/{}", input.GetString("Bucket"), one.AsObject().GetString("Key")));
  }
  if (!objects.empty()) names.Set("DeletedObjects", std::move(objects));
  if (!versions.empty()) names.Set("DeletedVersions", std::move(versions));
}

void NameTopic(const Input& input, json::Object& names) {
  const std::string_view subscription = input.GetString("SubscriptionArn");
  if (!subscription.empty()) names.Set("Topic", subscription.substr(0, subscription.rfind(':')));
}

void NameParameters(const Input& input, json::Object& names) {
  json::Array parameters;
  for (const std::string_view member : {"Name", "Names", "Path", "ResourceId"}) {
    for (const std::string& text : PolicyTexts(input.Find(member))) {
      const std::string_view name =
          text.starts_with('/') ? std::string_view(text).substr(1) : std::string_view(text);
      const bool arn = name.starts_with("arn:");
      parameters.emplace_back(arn ? name : name.substr(0, name.find(':')));
    }
  }
  if (!parameters.empty()) names.Set("Parameters", std::move(parameters));
}

// Tables by TableName, or as the keys of RequestItems; what a transaction does to some.
void NameTables(const Input& input, json::Object& names) {
  json::Array tables;
  if (const json::Value* name = input.Find("TableName")) tables.push_back(*name);
  for (const json::Member& table : input.GetObject("RequestItems")) tables.emplace_back(table.key);
  constexpr std::pair<std::string_view, std::string_view> kParts[] = {
      {"ConditionCheck", "Checks"}, {"Delete", "Deletes"}, {"Put", "Puts"}, {"Update", "Updates"}};
  for (const json::Value& item : input.GetArray("TransactItems")) {
    if (!item.IsObject()) continue;
    const json::Value* table = item.AsObject().GetObject("Get").Find("TableName");
    if (table && std::ranges::find(tables, *table) == tables.end()) tables.push_back(*table);
    for (const auto& [member, name] : kParts)
      if (item.AsObject().Has(member)) names.Set(name, true);
  }
  if (!tables.empty()) names.Set("Tables", std::move(tables));
}

// "<stream>|1|...": cloud/services/dynamodbstreams.
void NameStream(const Input& input, json::Object& names) {
  const std::string_view iterator = input.GetString("ShardIterator");
  if (iterator.starts_with("arn:")) names.Set("Stream", iterator.substr(0, iterator.find('|')));
}

}  // namespace

json::Object DerivedNames(std::string_view region, std::string_view service,
                          const json::Object& input) {
  json::Object names;
  if (service == "sqs") NameQueue(region, input, names);
  if (service == "codebuild") NameBuilds(input, names);
  if (service == "connect") NameStorage(input, names);
  if (service == "dynamodb") NameTables(input, names);
  if (service == "dynamodbstreams") NameStream(input, names);
  if (service == "events") NameRules(input, names);
  if (service == "lambda") {
    NameFunction(input, names);
    NameCode(input, names);
  }
  if (service == "s3") NameObjects(input, names);
  if (service == "sns") NameTopic(input, names);
  if (service == "ssm") NameParameters(input, names);
  return names;
}

}  // namespace trunkline::cloud::access
