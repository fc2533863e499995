#include "cloud/services/s3/document_checks.h"

#include "base/json_read.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::s3 {

Answer<void> CheckLockConfiguration(const json::Object& document) {
  if (document.GetString("ObjectLockEnabled") != "Enabled") return S3Error(Fault::kMalformedXml);
  if (!document.Has("Rule")) return {};
  const json::Object& retention = document.GetObject("Rule").GetObject("DefaultRetention");
  const bool one_period = retention.Has("Days") != retention.Has("Years");
  if (!retention.Has("Mode") || !one_period) return S3Error(Fault::kMalformedXml);
  return {};
}

Answer<void> CheckBucketPolicy(const std::string& policy) {
  const Result<json::Value> document = json::Parse(policy);
  if (!policy.starts_with('{') || !document || !document->IsObject()) {
    return S3Error(Fault::kMalformedPolicy,
                   "Policies must be valid JSON and the first byte must be '{'");
  }
  if (!document->AsObject().Has("Statement"))
    return S3Error(Fault::kMalformedPolicy, "Missing required field Statement");
  if (const auto problem = FindPolicyProblem(policy, PolicyUse::kResource))
    return S3Error(Fault::kMalformedPolicy, *problem);
  return {};
}

}  // namespace trunkline::cloud::s3
