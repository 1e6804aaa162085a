// SPDX-License-Identifier: Apache-2.0
//
// Secondary instances: choice lists, files, pulldata, the last saved record. Each once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/xlsform/form_model.h"
#include "forms/xlsform/itext.h"
#include "forms/xlsform/xml_text.h"

namespace vigil::forms::xlsform {

class Instances {
 public:
  Instances(const FormModel& model, Problems& problems) : model_(model), problems_(problems) {}

  // Gathers those that the survey needs.
  void collect();
  void add_last_saved();
  // Labels that are not in itext are written into the items as they are.
  void write(XmlText& xml) const;
  // True where reference-geometry may name it.
  [[nodiscard]] bool has_file_or_list(std::string_view id) const;

 private:
  enum class Origin { kExternal, kFile, kPulldata, kLastSaved };
  struct External {
    std::string id;
    std::string source;
    Origin origin;
  };
  void add(std::string id, std::string source, Origin origin, const Place& place);
  void add_pulldata(std::string_view expression, const Place& place);
  void write_list(const ChoiceList& list, XmlText& xml) const;
  [[nodiscard]] bool is_written(const ChoiceList& list) const;

  const FormModel& model_;
  Problems& problems_;
  std::vector<External> externals_;
};

}  // namespace vigil::forms::xlsform
