#include "flow/draw/box.h"

#include "flow/draw/look.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kWidth = 34;  // characters of a line

}  // namespace

BoxText TextOf(const DrawnBox& box) {
  BoxText text{.head = {box.block}, .body = {}, .branches = {}};
  if (!box.name.empty())
    for (std::string& line : WrapText(box.name, kWidth)) text.head.push_back(std::move(line));
  for (const std::string& one : box.lines)
    for (std::string& line : WrapText(one, kWidth)) text.body.push_back(std::move(line));
  if (!box.is_reached) text.body.emplace_back("no path leads here");
  for (const DrawnBranch& branch : box.branches)
    text.branches.push_back(WrapText(branch.text, kWidth));
  return text;
}

}  // namespace trunkline::flow
