package dev.discreet.policy;

/** The grants, prepared for finding those of one caller on one resource. */
public final class Grants {}
