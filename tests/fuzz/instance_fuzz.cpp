// SPDX-License-Identifier: Apache-2.0
//
// Whatever restores into a form saves, and what it saves restores again.
#include <string>

#include "core/base/check.h"
#include "tests/forms/session/test_host.h"

namespace {

constexpr const char* kForm =
    R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance><data id="d"><a/><n/><r jr:template=""><q/><in><x/></in></r><g><b at=""/></g><meta><instanceID/></meta></data></instance><bind nodeset="/data/n" type="int"/><bind nodeset="/data/r/q" calculate="position(..) + /data/n"/><bind nodeset="/data/g" relevant="/data/a = 'x'"/></model></h:head><h:body><input ref="/data/a"/><repeat nodeset="/data/r"><input ref="/data/r/q"/><repeat nodeset="/data/r/in" jr:count="/data/n"><input ref="/data/r/in/x"/></repeat></repeat></h:body></h:html>)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil::forms;
  static const FormPointer form = *load_xform(kForm, {});
  TestHost host;
  SessionOptions options;
  options.restore_xml = std::string(reinterpret_cast<const char*>(data), size);
  const auto session = open_session(form, host, options);
  if (!session.has_value()) return 0;
  options.restore_xml = (*session)->instance_xml();
  const auto again = open_session(form, host, options);
  CHECK(again.has_value());
  CHECK((*again)->instance_xml() == *options.restore_xml);
  return 0;
}
