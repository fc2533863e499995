// ResultWriter: the results of a map run, to S3: SUCCEEDED_0.json, FAILED_0.json and a manifest.
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/engine.h"
#include "cloud/services/stepfunctions/map_run.h"
#include "cloud/services/stepfunctions/sdk_values.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Failure WriterFailure(std::string cause) {
  return {.error = "States.ResultWriterFailed", .cause = std::move(cause)};
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

net::aw<Outcome<json::Object>> PutFile(WaitContext context, std::string bucket, std::string key,
                                       std::string text) {
  json::Object file{{"Key", key}, {"Size", text.size()}};
  json::Object input{{"Bucket", bucket}, {"Key", key}, {"ContentType", "application/json"}};
  input.Set("Body", std::move(text));
  const auto put = co_await context.Call("s3", "PutObject", std::move(input));
  if (!put) {
    co_return WriterFailure(
        S3Cause(put.error(), context.engine().dispatch.models(), context.random()));
  }
  co_return file;
}

// Where the files of a map run go.
std::string FolderOf(const json::Object& parameters, std::string_view arn) {
  std::string folder(parameters.GetString("Prefix"));
  if (!folder.empty() && !folder.ends_with('/')) folder += '/';
  return folder + fmt::format("{}/", arn.substr(arn.rfind(':') + 1));
}

}  // namespace

net::aw<Outcome<>> WriteResults(WaitContext as_role, json::Object writer, json::Value parameters,
                                json::Object map_run, std::vector<json::Object> children) {
  const json::Object& config = writer.GetObject("WriterConfig");
  const std::string_view transformation = config.GetString("Transformation", "NONE");
  const std::string_view type = config.GetString("OutputType", "JSON");
  const json::Array succeeded = Transformed(children, transformation, true);
  if (!writer.Has("Resource")) co_return json::Value(succeeded);
  const std::string bucket(parameters.IsObject() ? parameters.AsObject().GetString("Bucket")
                                                 : std::string_view());
  if (bucket.empty()) co_return WriterFailure("The ResultWriter names no bucket.");
  const std::string arn(map_run.GetString("mapRunArn"));
  const std::string folder = FolderOf(parameters.AsObject(), arn);

  TL_CO_TRY(json::Object good, co_await PutFile(as_role, bucket, folder + "SUCCEEDED_0.json",
                                                FileText(succeeded, type)));
  json::Array failed_files;
  const json::Array failed = Transformed(children, transformation, false);
  if (!failed.empty()) {
    TL_CO_TRY(json::Object bad,
              co_await PutFile(as_role, bucket, folder + "FAILED_0.json", FileText(failed, type)));
    failed_files.emplace_back(std::move(bad));
  }
  json::Array succeeded_files;
  succeeded_files.emplace_back(std::move(good));
  json::Object files{{"FAILED", std::move(failed_files)},
                     {"PENDING", json::Array()},
                     {"SUCCEEDED", std::move(succeeded_files)}};
  const json::Object manifest{
      {"DestinationBucket", bucket}, {"MapRunArn", arn}, {"ResultFiles", std::move(files)}};
  const std::string key = folder + "manifest.json";
  std::string text = json::Write(manifest);
  TL_CO_DO(co_await PutFile(as_role, bucket, key, std::move(text)));
  json::Object details{{"Bucket", bucket}, {"Key", key}};
  json::Object result{{"MapRunArn", arn}, {"ResultWriterDetails", std::move(details)}};
  co_return json::Value(std::move(result));
}

}  // namespace trunkline::cloud::stepfunctions
