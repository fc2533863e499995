// Caller: the next thing a caller does: as scripted by --say and --press, else as typed, else
// hanging up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/command.h"
#include "cli/world.h"

namespace trunkline::cli {

// Options for a caller's script, for commands that have one.
inline constexpr Option kSayOption{.name = "--say",
                                   .value = "TEXT",
                                   .help = "say something when the caller is asked",
                                   .repeated = true};
inline constexpr Option kPressOption{.name = "--press",
                                     .value = "KEYS",
                                     .help = "press keys (0-9 * #) when the caller is asked",
                                     .repeated = true};

// What --say and --press say, in their order: events as docs/contacts.md has them.
std::vector<json::Object> ScriptOf(const Arguments& arguments);

class Caller {
 public:
  Caller(World& world, const Arguments& arguments);

  // An event as docs/contacts.md has it; `status` is the contact as it stands.
  json::Object Next(const json::Object& status);
  // Somebody types: a mistake can be made good.
  bool IsTyped() const { return !scripted_; }
  // What of the script was not said or pressed.
  std::vector<std::string> Left() const;

 private:
  json::Object Typed(const json::Object& status);

  World& world_;
  std::vector<json::Object> script_;
  std::size_t next_ = 0;
  bool scripted_ = false;
};

}  // namespace trunkline::cli
