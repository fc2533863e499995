// LexTest: an embedded cloud with one bot, which has a locale to work on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class LexTest : public CloudTest {
 protected:
  LexTest();

  // Operations of lexv2-models, with the members that say where: the bot, DRAFT and en_US.
  Answered AskLex(std::string_view operation, json::Object input = {});
  json::Object DoLex(std::string_view operation, json::Object input = {});

  static json::Object BotInput(std::string_view name);
  std::string MakeIntent(std::string_view name, std::vector<std::string> utterances,
                         json::Object more = {});
  void Build();  // and waits; the locale must then be Built
  std::string LocaleStatus();
  std::string PublishVersion();  // and waits
  // An alias of `version` in which en_US is enabled; its id.
  std::string MakeAlias(std::string_view name, std::string_view version,
                        std::string_view hook_arn = {});
  static json::Object AliasInput(std::string_view name, std::string_view version,
                                 std::string_view hook_arn = {});

  void Settle() { Advance(Milliseconds(200)); }
  const std::string& bot() const { return bot_; }
  std::string BotArn() const;
  std::string AliasArn(std::string_view alias_id) const;

 private:
  std::string bot_;
};

// The texts of a member in a list of structures.
std::vector<std::string> Texts(const json::Array& list, std::string_view member);

}  // namespace trunkline::cloud::tests
