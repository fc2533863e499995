#include "cloud/services/s3/key_access.h"

#include "cloud/call_access.h"

namespace trunkline::cloud::s3 {
namespace {

Answer<void> Check(Context& context, const json::Object& body, std::string_view operation) {
  const std::string_view key = body.GetObject("Encryption").GetString("SSEKMSKeyId");
  if (key.empty() || body.GetBool("ManagedKey")) return {};
  const Answer<void> may = CheckCall(context, context.caller, "kms", operation, {{"KeyId", key}});
  constexpr int kForbidden = 403;
  if (!may) return ServiceError("AccessDenied", may.error().message).WithStatus(kForbidden);
  return {};
}

}  // namespace

Answer<void> CheckMayDecrypt(Context& context, const json::Object& body) {
  return Check(context, body, "Decrypt");
}

Answer<void> CheckMayEncrypt(Context& context, const json::Object& body) {
  return Check(context, body, "GenerateDataKey");
}

}  // namespace trunkline::cloud::s3
