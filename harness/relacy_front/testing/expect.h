// For tests that are written for Relacy: runs them, and says which did not end as it should. Include it after Relacy's
// header, whichever that is.

template <typename test_t>
bool ends_as_expected() {
  rl::test_params params;
  params.iteration_count = 20000;
  bool const expected = rl::simulate<test_t>(params);
  if (!expected) {
    std::cout << "NOT AS EXPECTED: " << params.test_name << " ends with " << rl::test_result_str(params.test_result)
              << std::endl;
  }
  return expected;
}

// The exit code of main().
template <typename... tests>
int run_tests() {
  bool expected = true;
  ((expected = ends_as_expected<tests>() && expected), ...);
  return expected ? 0 : 1;
}
