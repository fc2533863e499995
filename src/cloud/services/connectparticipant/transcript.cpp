// What was said so far, in pages.
#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "cloud/services/connectparticipant/participant.h"

namespace trunkline::cloud::participant {
namespace {

using Items = std::vector<contacts::ChatItem>;

constexpr std::ptrdiff_t kDefaultPage = 10;

// Where a page begins, and which way it goes.
struct Scan {
  std::ptrdiff_t at = 0;  // beyond either end: nothing is there
  bool forward = false;
};

Answer<Scan> ReadToken(std::string_view token) {
  Scan scan{.forward = token.starts_with('F')};
  const char* end = token.data() + token.size();
  const auto read = std::from_chars(token.data() + 1, end, scan.at);
  if (!(scan.forward || token.starts_with('B')) || read.ec != std::errc() || read.ptr != end)
    return Invalid("the NextToken was not given out for this transcript");
  return scan;
}

std::ptrdiff_t Count(const Items& items) {
  return static_cast<std::ptrdiff_t>(items.size());
}

// The first item that is not before the time, or backwards the last that is not after it.
std::ptrdiff_t ItemAt(const Items& items, TimePoint time, bool forward) {
  const auto found = forward ? std::ranges::lower_bound(items, time, {}, &contacts::ChatItem::at)
                             : std::ranges::upper_bound(items, time, {}, &contacts::ChatItem::at);
  return (found - items.begin()) - (forward ? 0 : 1);
}

Answer<std::ptrdiff_t> StartOf(const Items& items, const json::Object& start, bool forward) {
  if (start.size() != 1)
    return Invalid("expected one of Id, AbsoluteTime and MostRecent in StartPosition");
  if (start.Has("MostRecent"))
    return std::max<std::ptrdiff_t>(Count(items) - start.GetInt("MostRecent"), 0);
  if (start.Has("AbsoluteTime")) {
    const auto time = ParseIso8601(start.GetString("AbsoluteTime"));
    if (!time) return Invalid("expected an ISO 8601 time in AbsoluteTime");
    return ItemAt(items, *time, forward);
  }
  const auto found = std::ranges::find(items, start.GetString("Id"), &contacts::ChatItem::id);
  if (found == items.end())
    return Invalid(fmt::format("item '{}' is not in this transcript", start.GetString("Id")));
  return found - items.begin();
}

// The way is backwards unless a start is given or it is said.
Answer<Scan> ScanOf(const Items& items, const json::Object& input) {
  if (input.Has("NextToken")) return ReadToken(input.GetString("NextToken"));
  const json::Value* start = input.Find("StartPosition");
  const std::string_view usual = start == nullptr ? "BACKWARD" : "FORWARD";
  Scan scan{.forward = input.GetString("ScanDirection", usual) == "FORWARD"};
  if (start != nullptr) {
    TL_TRY(scan.at, StartOf(items, start->AsObject(), scan.forward));
  } else {
    scan.at = scan.forward ? 0 : Count(items) - 1;
  }
  return scan;
}

// The items of the page as a range of positions, and where the next one begins.
struct Page {
  std::ptrdiff_t first = 0, last = 0;  // without `last`
  std::optional<std::ptrdiff_t> next;
};

Page PageOf(const Items& items, const Scan& scan, std::ptrdiff_t size) {
  const std::ptrdiff_t count = Count(items);
  Page page;
  page.first = std::clamp<std::ptrdiff_t>(scan.forward ? scan.at : scan.at + 1 - size, 0, count);
  page.last = std::clamp<std::ptrdiff_t>(scan.forward ? scan.at + size : scan.at + 1, 0, count);
  if (scan.forward && page.last < count) page.next = page.last;
  if (!scan.forward && page.first > 0) page.next = page.first - 1;
  return page;
}

net::aw<Answer<>> GetTranscript(WaitContext context, json::Object input) {
  TL_CO_TRY(const Live live, FindConnected(context, input));
  if (input.GetString("ContactId", live->id) != live->id) co_return Denied();
  const Items& items = live->chat->items();
  TL_CO_TRY(const Scan scan, ScanOf(items, input));
  const std::int64_t asked = input.GetInt("MaxResults");
  const Page page = PageOf(items, scan, asked > 0 ? asked : kDefaultPage);
  json::Array transcript;
  for (std::ptrdiff_t i = page.first; i < page.last; ++i)
    transcript.push_back(contacts::ToJson(*live->chat, items[static_cast<std::size_t>(i)]));
  if (input.GetString("SortOrder", "DESCENDING") == "DESCENDING") std::ranges::reverse(transcript);
  json::Object output;
  output.Set("InitialContactId", live->id);
  output.Set("Transcript", std::move(transcript));
  if (page.next) output.Set("NextToken", fmt::format("{}{}", scan.forward ? 'F' : 'B', *page.next));
  co_return output;
}

constexpr WaitHandler kGetTranscript{GetTranscript};

constexpr Operation kOperations[] = {
    {.name = "GetTranscript", .wait = &kGetTranscript},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kTranscriptOperations = kOperations;

}  // namespace trunkline::cloud::participant
