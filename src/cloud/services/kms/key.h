// KMS keys as they stand in the store, and how callers name them.
//
//   {"kms","key"}    id: the key's id. body: the members of KeyMetadata but those that follow from
//                    others, "Policy", "Tags", "Rotation", and "Materials": the newest last, each
//                    {"Id", "Bytes" (Base64), "Date", "Type"}
//   {"kms","alias"}  id and name: "alias/x"; parent: the key's id
//   {"kms","grant"}  id: the grant's; parent: the key's id
//   {"kms","usage"}  id: the key's id. When it was last used
// Key material lies in the store in the clear: the embedded cloud has no hardware to keep it in.
// Keys of other accounts may be named by ARN where their policy lets the caller's account in.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/kms/specs.h"

namespace trunkline::cloud::kms {

inline constexpr Kind kKey{"kms", "key"};
inline constexpr Kind kAlias{"kms", "alias"};
inline constexpr Kind kGrant{"kms", "grant"};
inline constexpr Kind kUsage{"kms", "usage"};

// A key and whose it is.
struct FoundKey {
  Scope scope;
  Record record;
  std::string Arn() const;
  const KeySpec& Spec() const;
  std::string_view Usage() const { return record.body.GetString("KeyUsage"); }
  std::string_view State() const { return record.body.GetString("KeyState"); }
  // The newest material, or the one of that id; empty for an unknown one.
  const json::Object& Material(std::string_view id = {}) const;
  std::string MaterialBytes(std::string_view id = {}) const;
};

enum class Naming {
  kKeyOnly,  // an id or a key's ARN
  kAny,      // aliases too
};

// NotFoundException, InvalidArnException. An AWS-managed alias ("alias/aws/s3") makes its key.
Answer<FoundKey> FindKey(Context& context, std::string_view named, Naming naming = Naming::kAny);
// The caller's own key: for everything but using it.
Answer<FoundKey> FindOwnKey(Context& context, const json::Object& input);
// A customer's own key: AWS-managed ones are refused with `code`.
Answer<FoundKey> FindChangeableKey(Context& context, const json::Object& input,
                                   std::string_view code = "KMSInvalidStateException");

// DisabledException, KMSInvalidStateException.
Answer<void> RequireEnabled(const FoundKey& key);
Answer<void> RequireNotDeleting(const FoundKey& key);
// Both, and InvalidKeyUsageException.
Answer<void> RequireUsage(const FoundKey& key, std::string_view usage, std::string_view operation);
Answer<void> RequireAlgorithm(const FoundKey& key, std::string_view usage,
                              std::string_view algorithm);
// DryRunOperationException when the caller asked for no more than that.
Answer<void> StopDryRun(const json::Object& input);

json::Object ToMetadata(const FoundKey& key);
void Save(Context& context, FoundKey key);
void NoteUse(Context& context, const FoundKey& key, std::string_view operation);

// A new key of the caller's account and Region with a body of `settings` (KeySpec, KeyUsage, ...).
Answer<FoundKey> MakeKey(Context& context, json::Object settings, bool multi_region);
Answer<json::Object> NewMaterialEntry(Context& context, const KeySpec& spec, std::string_view type);
std::string DefaultPolicy(const Context& context);
json::Number Seconds(const Context& context);

// "Marker" is not one of ours.
ServiceError WrongMarker();
// The members of a listing's answer: Truncated and NextMarker.
void SetMarker(json::Object& answer, std::string_view next);

}  // namespace trunkline::cloud::kms
