/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.mapper;

import io.omendb.lucene.OmenVectorsFormat;
import io.omendb.lucene.OmenVectorsOptions;
import io.omendb.opensearch.OmenPlugin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.opensearch.common.xcontent.support.XContentMapValues;
import org.opensearch.index.mapper.FieldMapper;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.index.mapper.Mapper.TypeParser.ParserContext;
import org.opensearch.index.mapper.ParametrizedFieldMapper;
import org.opensearch.index.mapper.ParametrizedFieldMapper.Parameter;

/**
 * The parameters of an {@code omen_vector} in a mapping. Dimension and similarity are said once and
 * for all; the others may change and hold for segments that are written from then on.
 */
public final class OmenVectorFieldBuilder extends ParametrizedFieldMapper.Builder {
  /** Reads mappings; refuses indexes whose codec would not write the field. */
  public static final Mapper.TypeParser PARSER =
      new ParametrizedFieldMapper.TypeParser(OmenVectorFieldBuilder::parsed);

  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private static final OmenVectorsOptions DEFAULT = OmenVectorsOptions.DEFAULT;

  private final Parameter<Integer> dimension =
      new Parameter<>(
          "dimension",
          false,
          () -> null,
          (name, context, value) -> XContentMapValues.nodeIntegerValue(value),
          before(builder -> builder.dimension));

  private final Parameter<Similarity> similarity =
      new Parameter<>(
          "similarity",
          false,
          () -> null,
          (name, context, value) -> Similarity.of(value.toString()),
          before(builder -> builder.similarity));

  private final Parameter<Float> searchDepth =
      Parameter.floatParam(
          "search_depth", true, before(builder -> builder.searchDepth), DEFAULT.searchDepth());

  private final Parameter<Integer> maxConn =
      Parameter.intParam("max_conn", true, before(builder -> builder.maxConn), DEFAULT.maxConn());

  private final Parameter<Integer> beamWidth =
      Parameter.intParam(
          "beam_width", true, before(builder -> builder.beamWidth), DEFAULT.beamWidth());

  private final Parameter<Integer> codesThreshold =
      Parameter.intParam(
          "codes_threshold",
          true,
          before(builder -> builder.codesThreshold),
          DEFAULT.codesThreshold());

  private final Parameter<Integer> graphThreshold =
      Parameter.intParam(
          "graph_threshold",
          true,
          before(builder -> builder.graphThreshold),
          DEFAULT.graphThreshold());

  private final Parameter<Map<String, String>> meta = Parameter.metaParam();

  OmenVectorFieldBuilder(String name) {
    super(name);
    dimension.setValidator(this::checkDimension);
    similarity.setValidator(this::checkSimilarity);
  }

  private static OmenVectorFieldBuilder parsed(String name, ParserContext context) {
    if (!OmenPlugin.takes(context.getSettings())) {
      throw new IllegalArgumentException(
          "field ["
              + name
              + "] of type [omen_vector] needs the index setting ["
              + OmenPlugin.INDEX_OMEN.getKey()
              + ": true], which is set when an index is created");
    }
    if (context.isWithinMultiField()) {
      throw new IllegalArgumentException(
          "field [" + name + "] of type [omen_vector] can't be used in multifields");
    }
    return new OmenVectorFieldBuilder(name);
  }

  private static <T> Function<FieldMapper, T> before(
      Function<OmenVectorFieldBuilder, Parameter<T>> parameter) {
    return mapper -> parameter.apply(((OmenVectorFieldMapper) mapper).settings()).get();
  }

  private void checkDimension(Integer value) {
    int most = OmenVectorsFormat.MAX_DIMENSIONS;
    if (value == null || value < 1 || value > most) {
      throw new IllegalArgumentException(
          "field [" + name + "]: [dimension] must be in [1, " + most + "]; dimension=" + value);
    }
  }

  private void checkSimilarity(Similarity value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "field [" + name + "]: [similarity] is missing; it is one of " + Similarity.names());
    }
  }

  private OmenVectorsOptions options() {
    try {
      return new OmenVectorsOptions(
          maxConn.get(),
          beamWidth.get(),
          searchDepth.get(),
          codesThreshold.get(),
          graphThreshold.get(),
          null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "field [" + name + "]: " + parameterNames(e.getMessage()), e);
    }
  }

  /** The codec's message with names as they are in mappings: maxConn is max_conn there. */
  private static String parameterNames(String message) {
    return CAPITAL
        .matcher(message)
        .replaceAll(capital -> "_" + capital.group().toLowerCase(Locale.ROOT));
  }

  @Override
  protected List<Parameter<?>> getParameters() {
    return List.of(
        dimension,
        similarity,
        searchDepth,
        maxConn,
        beamWidth,
        codesThreshold,
        graphThreshold,
        meta);
  }

  @Override
  public OmenVectorFieldMapper build(Mapper.BuilderContext context) {
    if (!multiFieldsBuilder.getMapperBuilders().isEmpty()
        || !copyTo.build().copyToFields().isEmpty()) {
      throw new IllegalArgumentException(
          "field [" + name + "] of type [omen_vector] takes neither [fields] nor [copy_to]");
    }
    OmenVectorFieldType type =
        new OmenVectorFieldType(
            buildFullName(context), dimension.get(), similarity.get(), options(), meta.get());
    return new OmenVectorFieldMapper(name, type, this);
  }
}
