// ResultWriter: the results of a map run, to S3: SUCCEEDED_0.json, FAILED_0.json and a manifest.
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/stepfunctions/map_run.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Failure WriterFailure(std::string cause) {
  return InState("States.ResultWriterFailed", std::move(cause));
}

json::Value Parsed(std::string_view text) {
  auto value = json::Parse(text);
  return value ? std::move(*value) : json::Value(text);
}

// A child with all that is known of it, as transformation NONE exports it.
json::Object Exported(const json::Object& child) {
  const bool succeeded = child.GetString("status") == "SUCCEEDED";
  json::Object record{{"ExecutionArn", child.At("executionArn")}, {"Input", child.At("input")}};
  record.Set("InputDetails", json::Object{{"Included", true}});
  record.Set("Name", child.At("name"));
  if (succeeded) {
    record.Set("Output", child.GetString("output"));
  } else {
    record.Set("Error", child.GetString("error"));
    record.Set("Cause", child.GetString("cause"));
  }
  record.Set("OutputDetails", json::Object{{"Included", succeeded}});
  record.Set("RedriveCount", child.GetInt("redriveCount"));
  record.Set("RedriveStatus", succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE");
  if (succeeded) record.Set("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
  record.Set("StartDate", ToIsoMillis(FromEpochSeconds(child.GetDouble("startDate"))));
  record.Set("StateMachineArn", child.At("stateMachineArn"));
  record.Set("Status", child.At("status"));
  record.Set("StopDate", ToIsoMillis(FromEpochSeconds(child.GetDouble("stopDate"))));
  return record;
}

json::Array Transformed(const std::vector<json::Object>& children, std::string_view transformation,
                        bool succeeded) {
  json::Array results;
  for (const json::Object& child : children) {
    if ((child.GetString("status") == "SUCCEEDED") != succeeded) continue;
    if (!succeeded || transformation == "NONE") {
      results.emplace_back(Exported(child));
      continue;
    }
    json::Value output = Parsed(child.GetString("output"));
    if (transformation == "FLATTEN" && output.IsArray()) {
      for (json::Value& item : output.AsArray()) results.push_back(std::move(item));
    } else {
      results.push_back(std::move(output));
    }
  }
  return results;
}

std::string FileText(const json::Array& results, std::string_view type) {
  if (type != "JSONL") return json::Write(results);
  std::string text;
  for (const json::Value& result : results) text += json::Write(result) + "\n";
  return text;
}

Outcome<json::Object> PutFile(const WaitContext& context, std::string_view bucket,
                              const std::string& key, const std::string& text) {
  const auto put = context.Dispatch(
      "s3", "PutObject",
      {{"Bucket", bucket}, {"Key", key}, {"Body", text}, {"ContentType", "application/json"}});
  if (!put) return WriterFailure(fmt::format("{} (Service: S3)", put.error().message));
  return json::Object{{"Key", key}, {"Size", text.size()}};
}

}  // namespace

Outcome<> WriteResults(const WaitContext& as_role, const json::Object& writer,
                       const json::Value& parameters, const json::Object& map_run,
                       const std::vector<json::Object>& children) {
  const json::Object& config = writer.GetObject("WriterConfig");
  const std::string_view transformation = config.GetString("Transformation", "NONE");
  const std::string_view type = config.GetString("OutputType", "JSON");
  const json::Array succeeded = Transformed(children, transformation, true);
  if (!writer.Has("Resource")) return json::Value(succeeded);
  const std::string_view bucket =
      parameters.IsObject() ? parameters.AsObject().GetString("Bucket") : std::string_view();
  if (bucket.empty()) return WriterFailure("The ResultWriter names no bucket.");
  std::string folder(parameters.AsObject().GetString("Prefix"));
  if (!folder.empty() && !folder.ends_with('/')) folder += '/';
  const std::string_view arn = map_run.GetString("mapRunArn");
  folder += fmt::format("{}/", arn.substr(arn.rfind(':') + 1));

  TL_TRY(json::Object good,
         PutFile(as_role, bucket, folder + "SUCCEEDED_0.json", FileText(succeeded, type)));
  json::Array failed_files;
  const json::Array failed = Transformed(children, transformation, false);
  if (!failed.empty()) {
    TL_TRY(json::Object bad,
           PutFile(as_role, bucket, folder + "FAILED_0.json", FileText(failed, type)));
    failed_files.emplace_back(std::move(bad));
  }
  json::Object files{{"FAILED", std::move(failed_files)},
                     {"PENDING", json::Array()},
                     {"SUCCEEDED", json::Array{std::move(good)}}};
  const json::Object manifest{
      {"DestinationBucket", bucket}, {"MapRunArn", arn}, {"ResultFiles", std::move(files)}};
  const std::string key = folder + "manifest.json";
  TL_DO(PutFile(as_role, bucket, key, json::Write(manifest)));
  return json::Value(json::Object{
      {"MapRunArn", arn}, {"ResultWriterDetails", json::Object{{"Bucket", bucket}, {"Key", key}}}});
}

}  // namespace trunkline::cloud::stepfunctions
