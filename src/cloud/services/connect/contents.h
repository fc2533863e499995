// The contents of flows and flow modules, kept beside their records: the published one, the draft,
// and versions.
//
// In the store a content is a record "<owner>:<qualifier>" whose parent is the owner. Its body
// holds what Describe adds to the owner's structure: Content, its SHA-256, and for versions Version
// and VersionDescription.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

inline constexpr std::string_view kLatest = "$LATEST";
inline constexpr std::string_view kSaved = "$SAVED";

// "<id or ARN>" and what stands behind its last ':' ("$SAVED", "3", an alias); the qualifier may be
// empty.
struct QualifiedId {
  std::string_view id;
  std::string_view qualifier;
};
QualifiedId SplitQualifier(std::string_view id_or_arn);

std::string ContentSha256(std::string_view content);

const Record* FindContent(Context& context, Kind kind, std::string_view owner,
                          std::string_view qualifier);
void PutContent(Context& context, Kind kind, std::string_view owner, std::string_view qualifier,
                json::Object body);
void DeleteContent(Context& context, Kind kind, std::string_view owner, std::string_view qualifier);
void DeleteContents(Context& context, Kind kind, std::string_view owner);

// Freezes `body` as the next version: they count from 1 and no number comes twice, even after a
// deletion.
std::int64_t AddVersion(Context& context, Kind kind, std::string_view owner, json::Object body);
// Lowest first.
std::vector<const Record*> ListVersions(Context& context, Kind kind, std::string_view owner);

}  // namespace trunkline::cloud::connect
