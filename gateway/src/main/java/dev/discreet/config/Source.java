package dev.discreet.config;

import java.nio.file.Path;

/**
 * What reading a value needs beside the value.
 *
 * @param folder what relative paths are relative to
 * @param variables the environment
 * @param problems where problems go
 */
record Source(Path folder, Interpolation variables, Problems problems) {}
