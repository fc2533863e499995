# The small center of the delivery's own tests, and the embedded cloud without sockets: what a delivery that is put back leaves
# is compared with what was there.
target_sources(cli_test PRIVATE ${CMAKE_SOURCE_DIR}/tests/aws/fake_aws.cpp ${CMAKE_SOURCE_DIR}/tests/aws/scripted_aws.cpp
  ${CMAKE_SOURCE_DIR}/tests/deploy/deploy_test.cpp ${CMAKE_SOURCE_DIR}/tests/cloud/support/cloud_test.cpp)
