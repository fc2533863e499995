// docs/permissions.md names every statement of every policy that the templates hold, and no other.
#include <map>
#include <set>

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"
#include "stacks/synth.h"
#include "tests/stacks/acme.h"
#include "tests/support/shared_data.h"

namespace trunkline::stacks {
namespace {

using Statements = std::vector<std::string>;

// "amzconnect-roles-<env> DeployRole" -> its statements' names, in their order. Templates of the
// other environments hold the same; the stack set holds the roles once more.
std::map<std::string, Statements> InTemplates() {
  std::map<std::string, Statements> found;
  for (const SynthFile& file : Synthesize(Acme()).files) {
    if (!file.name.ends_with(".template.json") || file.name.find("stack-set") != std::string::npos)
      continue;
    if (file.name.find("-staging") != std::string::npos ||
        file.name.find("-prod") != std::string::npos)
      continue;
    std::string stack = file.name.substr(0, file.name.find('.'));
    if (stack.ends_with("-dev")) stack = Replace(stack, "-dev", "-<env>");
    const json::Value document = *json::Parse(file.text);
    for (const FoundStatement& one : StatementsOf(document)) {
      if (one.where.find("Staging") != std::string::npos ||
          one.where.find("Prod") != std::string::npos)
        continue;
      const std::string sid(one.statement.GetString("Sid"));
      const std::string resource = one.where.substr(0, one.where.find('.'));
      if (!sid.empty()) found[stack + " " + resource].push_back(sid);
    }
  }
  return found;
}

// The text between the first two back-quotes behind `from`.
std::string Quoted(std::string_view line, std::size_t from) {
  const std::size_t begin = line.find('`', from);
  if (begin == std::string_view::npos) return {};
  return std::string(line.substr(begin + 1, line.find('`', begin + 1) - begin - 1));
}

// "Template `amzconnect-roles-<env>`, resource `DeployRole`" and the first words of the table
// below.
std::map<std::string, Statements> InThePage() {
  const std::string text = tests::ReadFileOrDie(tests::SourceFolder() + "/docs/permissions.md");
  std::map<std::string, Statements> found;
  Statements* own = nullptr;
  for (const std::string_view line : Split(text, '\n')) {
    if (line.starts_with('#')) own = nullptr;
    const std::size_t resource = line.find("`, resource `");
    if (line.starts_with("Template `") && resource != std::string_view::npos)
      own = &found[Quoted(line, 0) + " " + Quoted(line, resource + 1)];
    if (own != nullptr && line.starts_with("| `")) own->push_back(Quoted(line, 0));
  }
  return found;
}

TEST(PermissionsPage, NamesEveryStatementOfEveryPolicy) {
  const std::map<std::string, Statements> page = InThePage();
  const std::map<std::string, Statements> templates = InTemplates();

  for (const auto& [where, statements] : templates) {
    const auto described = page.find(where);
    ASSERT_TRUE(described != page.end()) << where;
    EXPECT_EQ(described->second, statements) << where;
  }
  for (const auto& [where, statements] : page) EXPECT_TRUE(templates.contains(where)) << where;
}

}  // namespace
}  // namespace trunkline::stacks
