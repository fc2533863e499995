// Twenty thousand broken deliveries (TRUNKLINE_MUTATIONS: so many), the same in each run: none is
// accepted under the signature of the whole one, and what is signed is read or refused with a
// reason.
#include "base/environment.h"
#include "base/text.h"
#include "functions/router_decision.h"
#include "functions/router_delivery.h"
#include "tests/functions/router_test.h"

namespace trunkline::functions::router {
namespace {

const int kMutations = static_cast<int>(
    ToInt(SystemEnvironment().GetOr("TRUNKLINE_MUTATIONS", "20000")).value_or(20'000));
const std::vector<std::string> kSecrets = {tests::kSecret};

std::string Body() {
  return json::Write(tests::PayloadOf(
      {.paths = {"amzconnect-instance/a.json", "amzconnect-contact-flows/b.json"}}));
}

std::string Mutated(std::string text, Random& random) {
  const std::size_t changes = 1 + UniformBelow(random, 4);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = UniformBelow(random, text.size());
    const char byte = static_cast<char>(UniformBelow(random, 256));
    switch (UniformBelow(random, 4)) {
      case 0:
        text[at] = byte;
        break;
      case 1:
        text.insert(at, 1, byte);
        break;
      case 2:
        text.erase(at, 1 + UniformBelow(random, 8));
        break;
      default:
        text.insert(at, text.substr(UniformBelow(random, text.size()), 12));
    }
    if (text.empty()) text = "x";
  }
  return text;
}

Settings Center() {
  Settings settings;
  settings.repository = "acme/center";
  settings.branches = {{.branch = "develop", .environment = "dev"}};
  settings.projects = {"instance", "contact-flows"};
  return settings;
}

// Everything that is done with a signed body before anybody is asked.
void Understand(const Settings& settings, const std::string& body) {
  const Delivery delivery{.id = "d",
                          .event = "push",
                          .signature = {},
                          .content_type = "application/json",
                          .body = body};
  const Result<json::Object, Refusal> payload = ReadPayload(delivery);
  if (!payload) {
    EXPECT_EQ(payload.error().status, 400);
    EXPECT_FALSE(payload.error().message.empty());
    return;
  }
  const Result<Push> push = ReadPush(*payload);
  if (!push) return;
  WhyIgnored(settings, *push);
  Changes changes;
  changes.tops = push->tops;
  EXPECT_LE(Decide(settings, "develop", changes).pipelines.size(), 2U);
}

TEST(RouterMutation, NoChangedBodyHasTheSignatureOfTheWholeOne) {
  SeededRandom random(11);
  const std::string body = Body();
  const std::string signature = SignatureOf(tests::kSecret, body);

  for (int i = 0; i < kMutations; ++i) {
    const std::string changed = Mutated(body, random);
    ASSERT_EQ(IsSigned(signature, changed, kSecrets), changed == body) << changed;
  }
}

TEST(RouterMutation, NoChangedSignatureIsTaken) {
  SeededRandom random(12);
  const std::string body = Body();
  const std::string signature = SignatureOf(tests::kSecret, body);

  for (int i = 0; i < kMutations; ++i) {
    const std::string changed = Mutated(signature, random);
    ASSERT_EQ(IsSigned(changed, body, kSecrets), changed == signature) << changed;
  }
}

TEST(RouterMutation, WhatIsSignedAndBrokenIsReadOrRefused) {
  SeededRandom random(13);
  const Settings settings = Center();
  const std::string body = Body();

  for (int i = 0; i < kMutations; ++i) Understand(settings, Mutated(body, random));
}

TEST(RouterMutation, BrokenEventsAreReadOrRefused) {
  SeededRandom random(14);
  const std::string event = json::Write(json::Object{
      {"headers", json::Object{{"x-github-event", "push"}, {"content-type", "application/json"}}},
      {"body", ToBase64(Body())},
      {"isBase64Encoded", true}});

  for (int i = 0; i < kMutations; ++i) {
    const Result<json::Value> changed = json::Parse(Mutated(event, random));
    if (changed && IsHttp(*changed)) static_cast<void>(ReadDelivery(*changed));
  }
}

}  // namespace
}  // namespace trunkline::functions::router
