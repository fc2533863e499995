#include <gmock/gmock.h>

#include "aws/token_bucket.h"

namespace trunkline::aws {
namespace {

TEST(Quota, IsTheDocumentedOneUnlessTheAccountWasGrantedMore) {
  const Quotas granted = {{"connect:CreateQueue", {.rate = 20, .burst = 50}}};

  EXPECT_EQ(QuotaOf("connect", "CreateQueue", granted).rate, 20);
  EXPECT_EQ(QuotaOf("connect", "CreateQueue", granted).burst, 50);
  EXPECT_EQ(QuotaOf("connect", "CreateContactFlow", granted).rate,
            QuotaOf("connect", "CreateContactFlow").rate);
}

}  // namespace
}  // namespace trunkline::aws
