// Secrets, their versions and the labels of these ("stages").
//
//   {"secretsmanager","secret"}   id and name: the secret's name; body: DescribeSecret's members,
//                                 "Policy", "DeletionJob", "RotationJob", "Replica" (true: its
//                                 PrimaryRegion writes it)
//   {"secretsmanager","version"}  id "<name>:<version id>", parent: the name; body: "VersionId",
//                                 "VersionStages", dates, and the value: "DataKey" (encrypted by
//                                 KMS), "Sealed" (by the data key), "Binary"
// A value is enveloped like AWS's: a data key of the secret's KMS key seals it, so a disabled or
// deleted key makes it unreadable. A version without a value is one that a rotation has begun.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::secretsmanager {

inline constexpr Kind kSecret{"secretsmanager", "secret"};
inline constexpr Kind kVersion{"secretsmanager", "version"};
inline constexpr std::string_view kCurrent = "AWSCURRENT";
inline constexpr std::string_view kPrevious = "AWSPREVIOUS";
inline constexpr std::string_view kPending = "AWSPENDING";

struct Secret {
  Scope scope;
  Record record;
  const std::string& Name() const { return record.id; }
  std::string_view Arn() const { return record.body.GetString("ARN"); }
  bool Deleted() const { return record.body.Has("DeletedDate"); }
};

// By name, ARN, or ARN without the six characters at its end: ResourceNotFoundException. Another
// account's by ARN, where its policy names the caller's account (AccessDeniedException otherwise).
Answer<Secret> FindSecret(Context& context, std::string_view id);
// The same; marked for deletion: InvalidRequestException.
Answer<Secret> FindLiveSecret(Context& context, const json::Object& input);
// The same; a replica: InvalidRequestException.
Answer<Secret> FindWritableSecret(Context& context, const json::Object& input);

// ARN and Name: what nearly every answer is made of.
json::Object ToAnswer(const Secret& secret);
json::Number Seconds(const Context& context);
void Save(Context& context, Secret secret);

// ---- versions

std::optional<Record> FindVersion(Context& context, const Secret& secret,
                                  std::string_view version_id);
// The version with that label.
std::optional<Record> FindStage(Context& context, const Secret& secret, std::string_view stage);
bool HasStage(const Record& version, std::string_view stage);
void SaveVersion(Context& context, const Secret& secret, Record version);
// Takes a label from whichever version has it and gives it to another; an empty id takes it only.
// AWSCURRENT leaves AWSPREVIOUS behind.
void MoveStage(Context& context, const Secret& secret, std::string_view stage,
               std::string_view version_id);
// Version ids with their labels.
json::Object VersionsToStages(Context& context, const Secret& secret);
// Keeps the hundred newest versions without a label.
void RemoveOldVersions(Context& context, const Secret& secret);

// ---- values

struct Plain {
  std::string bytes;
  bool binary = false;
  bool operator==(const Plain&) const = default;
};

// What the input holds: nothing, or InvalidParameterException for both forms.
Answer<std::optional<Plain>> ReadValue(const json::Object& input);
// EncryptionFailure
Answer<void> SealValue(Context& context, const Secret& secret, const Plain& plain, Record& version);
// DecryptionFailure; nothing for a version without a value.
Answer<std::optional<Plain>> OpenValue(Context& context, const Secret& secret,
                                       const Record& version);

// Brings the replicas of a secret up to date; to be called after every change of values and labels.
Answer<void> UpdateReplicas(Context& context, const Secret& secret);

}  // namespace trunkline::cloud::secretsmanager
