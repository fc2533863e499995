// The page of a lint rule: what is wrong and what a caller notices, a bad and a good flow, and what
// the rule rests on. Pages are Markdown files in src/flow/lint/pages, one for each rule, embedded:
//
//   # TL-L105 unreachable-action
//   paragraphs
//   ## Bad                  one or more fenced blocks, each a whole flow: ```json, or with the name
//   ## Good                 of its file, ```json main.json, where the rule looks at several. A name
//                           with folders, from the monorepo's top, is another file of a center.
//   ## Source               one paragraph
//
// A test reads every page and lints its examples.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"
#include "flow/lint.h"

namespace trunkline {

std::span<const EmbeddedFile> LintPages();  // "unreachable-action.md", by name

}  // namespace trunkline

namespace trunkline::flow {

struct LintExample {
  std::string_view file;  // "flow.json" unless the block says otherwise
  std::string_view text;
};

// Everything points into the page's own text.
struct LintPage {
  std::string_view text;  // all of it
  std::string_view code;
  std::string_view name;
  std::string_view description;
  std::vector<LintExample> bad;
  std::vector<LintExample> good;
  std::string_view source;
};

// An error says what the page lacks.
Result<LintPage> ReadLintPage(std::string_view text);

// Every rule has one.
LintPage PageOf(const LintRule& rule);

// The rule of a name or a code, whatever the case; an unknown one is an error that names the
// nearest.
Result<const LintRule*> FindLintRule(std::string_view name_or_code);

}  // namespace trunkline::flow
