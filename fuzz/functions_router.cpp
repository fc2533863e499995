// Whatever the bytes: an event is read or refused, nothing is accepted that is not signed, and what
// is signed is understood or refused with a reason.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/json_read.h"
#include "functions/router_delivery.h"
#include "functions/router_plan.h"
#include "functions/router_signature.h"

namespace trunkline::functions::router {
namespace {

const std::vector<std::string> kSecrets = {"It's a Secret to Everybody"};

// GitHub's own test values.
constexpr std::string_view kBody = "Hello, World!";
constexpr std::string_view kSignature =
    "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

void Check(bool holds) {
  if (!holds) std::abort();
}

// Nothing but the body itself has its signature, and it has no other.
void Accept(const std::string& bytes) {
  Check(IsSigned(kSignature, bytes, kSecrets) == (bytes == kBody));
  Check(IsSigned(bytes, kBody, kSecrets) == (bytes == kSignature));
}

void Understand(const Delivery& delivery) {
  const Result<json::Object, Refusal> payload = ReadPayload(delivery);
  if (!payload) return Check(payload.error().status >= 400 && !payload.error().message.empty());
  const Result<Push> push = ReadPush(*payload);
  if (!push) return Check(!push.error().message().empty());
  Settings settings;
  settings.branches = {{.branch = "develop", .environment = "dev"}};
  settings.projects = {"devops-pipelines", "instance", "contact-flows"};
  WhyIgnored(settings, *push);
  Routing routing;
  routing.push = *push;
  routing.key = KeyOf(*push);
  routing.changes.tops = push->tops;
  MakePlan(settings, BranchRecord(), routing);
}

}  // namespace
}  // namespace trunkline::functions::router

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline;                     // NOLINT(google-build-using-namespace)
  using namespace trunkline::functions::router;  // NOLINT(google-build-using-namespace)
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Accept(bytes);
  // As an event, and as the signed body of one.
  const Result<json::Value> event = json::Parse(bytes);
  if (event && IsHttp(*event)) {
    const Result<Delivery, Refusal> delivery = ReadDelivery(*event);
    if (delivery) Check(!IsSigned(delivery->signature, delivery->body, kSecrets));
  }
  Delivery signed_one;
  signed_one.event = "push";
  for (const char* type : {"application/json", "application/x-www-form-urlencoded"}) {
    signed_one.content_type = type;
    signed_one.body = bytes;
    Understand(signed_one);
  }
  return 0;
}
