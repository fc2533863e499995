// Artifacts: what actions hand on, as objects in the artifact store of their Region.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/zip.h"
#include "cloud/services/codepipeline/action_run.h"

namespace trunkline::cloud::codepipeline {

// Limits of what is read into memory (documented: 1 GB from a connection, 256 MB into
// CloudFormation).
inline constexpr std::uint64_t kLargestArtifact = 1ULL << 30U;

// "<pipeline, 20>/<artifact, 10>/<7 random>": AWS's form of keys.
std::string NewArtifactKey(Random& random, std::string_view pipeline, std::string_view artifact);

// Where the action's only output goes; a key is drawn once and kept for a repeated run.
std::string OutputName(const ActionOrder& order);

// The members of PutObject and CopyObject that name the store's key.
void SetEncryption(const json::Object& store, json::Object& input);

// Puts a zip into the action's store; the answer is {"name", "s3location"}.
net::aw<Answer<json::Object>> PutArtifact(ActionOrder order, std::string name, std::string zip);
// Copies an object into the action's store. `source`: Bucket, Key and perhaps VersionId.
net::aw<Answer<json::Object>> CopyIntoStore(WaitContext actor, json::Object store,
                                            json::Object source, std::string key);

// The bytes of {"bucket", "key"}.
Answer<std::string> ReadArtifact(const WaitContext& actor, const json::Object& location);
// The file "artifact::path" of the action's inputs. ConfigurationError.
Answer<std::string> ReadArtifactFile(const ActionOrder& order, std::string_view name);

// The input artifact of that name, or nullptr.
const json::Object* FindInput(const ActionOrder& order, std::string_view name);

}  // namespace trunkline::cloud::codepipeline
