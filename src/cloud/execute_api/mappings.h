// Domain names and what they lead to: the base path mappings of REST APIs and the API mappings of
// HTTP APIs are the same things, as on AWS. Both services keep them here, in the scope of an
// account and Region:
//   {"execute-api","domain"}   id and name: the domain name. body: as CreateDomainName of the REST
//                              service took it ("tags", "regionalCertificateArn", ...)
//   {"execute-api","mapping"}  id: its own, parent: the domain name, name: the base path (empty:
//   the
//                              root). body: "ApiId", "Stage" (empty: the path names it)
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/execute_api/locate.h"

namespace trunkline::cloud::execute_api {

inline constexpr Kind kDomain{"execute-api", "domain"};
inline constexpr Kind kMapping{"execute-api", "mapping"};

// The longest base path that the request's path begins with; without one the place leads nowhere.
void FollowMapping(Store& store, const Scope& scope, std::string_view domain, Place& place);

// What both services do. Errors are BadRequestException, ConflictException and NotFoundException.
Answer<const Record*> FindDomain(Context& context, std::string_view name);
// Puts it with the members that AWS adds; its body.
Answer<> AddDomain(Context& context, json::Object body);
void SaveDomain(Context& context, std::string_view name, json::Object body);
Answer<void> RemoveDomain(Context& context, std::string_view name);

// Whether API and stage (which may be empty) are there, and the base path is one and free (or the
// mapping `own`'s).
Answer<void> CheckMapping(Context& context, std::string_view domain, const json::Object& body,
                          std::string_view base_path, std::string_view own);
void SaveMapping(Context& context, std::string_view domain, std::string_view id,
                 std::string_view base_path, json::Object body);

}  // namespace trunkline::cloud::execute_api
