#include "cloud/operation.h"

namespace trunkline::cloud {

ServiceError::ServiceError(std::string_view error_code, std::string_view text)
    : code(error_code), message(text) {}
ServiceError::ServiceError(std::string_view error_code, std::string_view text, json::Object more)
    : code(error_code), message(text), members(std::move(more)) {}
ServiceError::ServiceError(const Error& error)
    : code("InternalFailure"), message(error.message()), status(500) {}
ServiceError::ServiceError(const ServiceError& other) = default;
ServiceError::ServiceError(ServiceError&& other) noexcept = default;
ServiceError& ServiceError::operator=(const ServiceError& other) = default;
ServiceError& ServiceError::operator=(ServiceError&& other) noexcept = default;
ServiceError::~ServiceError() = default;

}  // namespace trunkline::cloud
