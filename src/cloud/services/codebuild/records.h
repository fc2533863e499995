// Records of CodeBuild: their kinds, names and ARNs. All in the scope of an account and Region.
//
//   project       id and name: the project's name; body: "project" (as BatchGetProjects shows it),
//                 "uuid", "builds" (how many there were), "batches", "cache" (which generation of
//                 its cache is good)
//   build         id: "<project>:<uuid>", parent: the project, name: sorts by start;
//                 body: "build" (as BatchGetBuilds shows it), "settings" (what the build goes by
//                 and nobody sees: start_build.h), "input" (StartBuild's, for RetryBuild)
//   batch         the same of a build batch: "batch", "settings", "input"
//   report-group  id: its ARN, name: its name; body: as BatchGetReportGroups shows it
//   report        id: its ARN, parent: the group's ARN, name: sorts by creation; body: "report" and
//                 "cases", as DescribeTestCases shows them
//   credential    id: its ARN; body: "info", and "token", sealed by nothing: like every secret of
//                 this cloud it is as safe as the data folder
//   policy        id: the ARN it belongs to; body: "policy"
//   token         id: an idempotency token; body: "id", "input" and "time"
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::codebuild {

inline constexpr Kind kProject{"codebuild", "project"};
inline constexpr Kind kBuild{"codebuild", "build"};
inline constexpr Kind kBatch{"codebuild", "batch"};
inline constexpr Kind kReportGroup{"codebuild", "report-group"};
inline constexpr Kind kReport{"codebuild", "report"};
inline constexpr Kind kCredential{"codebuild", "credential"};
inline constexpr Kind kPolicy{"codebuild", "policy"};
inline constexpr Kind kToken{"codebuild", "token"};

ServiceError InvalidInput(std::string_view text);
ServiceError NotFound(std::string_view text);

// "arn:aws:codebuild:<Region>:<account>:<type>/<id>"
std::string Arn(const Context& context, std::string_view type, std::string_view id);
// What stands behind "<type>/" of an ARN of this account and Region; any other text as it is.
std::string IdOf(const Context& context, std::string_view type, std::string_view id_or_arn);

// Seconds, as the wire has times.
json::Value Seconds(TimePoint time);
// A name by which records sort by time; of two of the same time the one made later comes later.
std::string SortName(TimePoint time, std::int64_t number);

Answer<const Record*> FindProject(Context& context, std::string_view name);
Answer<const Record*> FindBuild(Context& context, std::string_view id_or_arn);

}  // namespace trunkline::cloud::codebuild
