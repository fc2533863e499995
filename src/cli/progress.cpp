#include "cli/progress.h"

#include <fmt/format.h>

#include "app/deliver_text.h"

namespace trunkline::cli {

void LineProgress::Line(std::string_view mark, std::string_view colour,
                        const deploy::Target& target, const deploy::Change& change) {
  if (change.internal) return;
  const bool terminal = out_.IsTerminal();
  out_.Write(fmt::format("  {}{}{} {}  {}\n", terminal ? colour : "", mark,
                         terminal ? "\x1b[0m" : "", target.region, app::ToText(change)));
}

void LineProgress::Started(const deploy::Target&, const deploy::Change&) {}

void LineProgress::Done(const deploy::Target& target, const deploy::Change& change) {
  Line("ok", "\x1b[32m", target, change);
}

void LineProgress::Failed(const deploy::Target& target, const deploy::Change& change,
                          const Error& error) {
  Line("failed", "\x1b[31m", target, change);
  out_.Write(error.ToText() + "\n");
}

}  // namespace trunkline::cli
