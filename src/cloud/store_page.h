// Pages of listings: opaque tokens bound to the listing they were given out for. Only the store
// uses it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cloud/store.h"

namespace trunkline::cloud {

// The place behind which a page starts.
struct PageStart {
  std::string name;
  std::string id;
};

// A digest of what is listed; tokens carry it.
std::string NameListing(const Scope& scope, Kind kind, std::string_view parent,
                        std::string_view filter);

std::string WritePageToken(const PageStart& start, std::string_view listing);
Result<PageStart> ReadPageToken(std::string_view token, std::string_view listing);

// Collects a page while records pass by.
class PageTaker {
 public:
  PageTaker(std::size_t limit, const RecordFilter& filter) : limit_(limit), filter_(filter) {}
  // False: the page is full, and there is more.
  bool Take(const Record& record);
  RecordPage Finish(std::string_view listing) &&;

 private:
  std::size_t limit_;
  const RecordFilter& filter_;
  RecordPage page_;
  bool more_ = false;
};

}  // namespace trunkline::cloud
