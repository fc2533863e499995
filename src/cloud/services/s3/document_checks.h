// What S3 checks of configurations beyond their form.
#pragma once

#include <string>

#include "cloud/services/s3/errors.h"

namespace trunkline::cloud::s3 {

// PutObjectLockConfiguration: enabled, and a default of days or years, not both.
Answer<void> CheckLockConfiguration(const json::Object& document);

// MalformedPolicy with the words of S3.
Answer<void> CheckBucketPolicy(const std::string& policy);

}  // namespace trunkline::cloud::s3
