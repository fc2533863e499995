// Pages of connections and hosts.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::connections {

// {`member`: [shapes], NextToken}, by MaxResults (default 100; 0 means the same) and NextToken.
Answer<> ListRecords(Context& context, Kind kind, const json::Object& input,
                     const RecordFilter& filter, std::string_view member,
                     json::Object (*shape)(Context&, const Record&));

}  // namespace trunkline::cloud::connections
