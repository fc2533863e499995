// BareLexTest: an embedded cloud without bots; LexTest has one to work on.
#pragma once

#include <string>
#include <string_view>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class BareLexTest : public CloudTest {
 protected:
  // An available bot; its id.
  std::string MakeBot(std::string_view name) {
    const json::Object bot = Do("lexv2-models", "CreateBot",
                                {{"botName", name},
                                 {"roleArn", "arn:aws:iam::111122223333:role/bot"},
                                 {"dataPrivacy", json::Object{{"childDirected", false}}},
                                 {"idleSessionTTLInSeconds", 300}});
    Advance(std::chrono::minutes(1));
    return std::string(bot.GetString("botId"));
  }
  Answered AskLex(std::string_view operation, const json::Object& input) {
    return Ask("lexv2-models", operation, input);
  }
  json::Object DoLex(std::string_view operation, const json::Object& input) {
    return Do("lexv2-models", operation, input);
  }
};

}  // namespace trunkline::cloud::tests
