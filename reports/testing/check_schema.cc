#include <exception>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "reports/files.h"
#include "reports/testing/json_schema.h"

// check_schema SCHEMA FILE...

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: check_schema SCHEMA FILE...\n";
    return 2;
  }
  try {
    const nlohmann::json schema = nlohmann::json::parse(doorway::ReadFile(argv[1]));
    doorway::Schemas others;
    for (const std::string& name : doorway::ReferredFiles(schema)) {
      others[name] = nlohmann::json::parse(doorway::ReadFile(std::filesystem::path(argv[1]).replace_filename(name)));
    }
    int differences = 0;
    for (int i = 2; i < argc; ++i) {
      const nlohmann::json value = nlohmann::json::parse(doorway::ReadFile(argv[i]));
      for (const std::string& difference : doorway::SchemaDifferences(schema, value, others)) {
        std::cerr << argv[i] << ": " << difference << "\n";
        ++differences;
      }
    }
    return differences == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
