// Every kind of JSON file a user writes: its shape, the name of its schema, and where it stands.
// The shapes and their readers are in the files named read_*.cpp.
#pragma once

#include <span>
#include <string_view>

#include "center/shape.h"

namespace trunkline::center {

struct FileKind {
  std::string_view schema;   // schemas/<schema>.schema.json
  std::string_view path;     // where the file stands, with <name> and * for what varies
  std::string_view summary;  // one sentence
  const Field* shape = nullptr;
};

// Sorted by schema name.
std::span<const FileKind> FileKinds();

extern const Field kAccountsShape;       // read_accounts.cpp
extern const Field kDevopsShape;         // read_accounts.cpp: the pipelines' devops.json
extern const Field kProjectDevopsShape;  // read_accounts.cpp: another project's devops.json
extern const Field kInstanceShape;       // read_instance.cpp
extern const Field kHoursShape;          // read_admin_objects.cpp
extern const Field kQueueShape;
extern const Field kPromptShape;
extern const Field kBotShape;  // bot_shapes.cpp, in the spelling of center/bot_spelling.h
extern const Field kBotLocalesShape;
extern const Field kBotAliasesShape;
extern const Field kFunctionShape;      // read_functions.cpp
extern const Field kProjectTestsShape;  // read_project_tests.cpp
extern const Field kSettingsShape;      // read_settings.cpp

// Patterns and lists that several kinds share.
extern const Pattern kAccountPattern;
extern const Pattern kRegionPattern;
extern const Pattern kBranchPattern;     // read_accounts.cpp
extern const Pattern kSomethingPattern;  // not blank
extern const Range kNameRange;           // 1 to 127, as Connect names have it
extern const Range kDescriptionRange;    // 1 to 250
extern const Range kAtLeastOne;
extern const Range kTagsRange;
extern const Field kTagValue;

}  // namespace trunkline::center
