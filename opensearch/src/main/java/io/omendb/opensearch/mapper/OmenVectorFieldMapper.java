/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.mapper;

import java.io.IOException;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.mapper.ParametrizedFieldMapper;
import org.opensearch.index.mapper.ParseContext;

/** The field type {@code omen_vector}: one vector of floats a document, from a JSON array. */
public final class OmenVectorFieldMapper extends ParametrizedFieldMapper {
  /** Name of the type in mappings. */
  public static final String CONTENT_TYPE = "omen_vector";

  private final OmenVectorFieldBuilder settings;

  OmenVectorFieldMapper(
      String simpleName, OmenVectorFieldType type, OmenVectorFieldBuilder settings) {
    super(simpleName, type, MultiFields.empty(), CopyTo.empty());
    this.settings = settings;
    this.fieldType =
        new FieldType(
            KnnFloatVectorField.createFieldType(type.dimension(), type.similarity().function()));
    this.fieldType.freeze();
  }

  /** What the mapping says. */
  OmenVectorFieldBuilder settings() {
    return settings;
  }

  @Override
  public OmenVectorFieldType fieldType() {
    return (OmenVectorFieldType) super.fieldType();
  }

  @Override
  public boolean parsesArrayValue() {
    return true;
  }

  @Override
  protected void parseCreateField(ParseContext context) throws IOException {
    XContentParser parser = context.parser();
    if (parser.currentToken() == XContentParser.Token.VALUE_NULL) {
      return;
    }
    String what = "vector of field [" + name() + "]";
    float[] vector = VectorParser.parse(parser, what, fieldType().dimension());
    fieldType().check(vector, what);
    if (context.doc().getByKey(name()) != null) {
      throw new IllegalArgumentException(
          "field [" + name() + "] holds one vector; more of them go into nested documents");
    }
    context.doc().addWithKey(name(), new KnnFloatVectorField(name(), vector, fieldType));
  }

  /** It can: raw vectors are kept as they were indexed. */
  @Override
  public void canDeriveSource() {}

  @Override
  public void deriveSource(XContentBuilder builder, LeafReader reader, int doc) throws IOException {
    FloatVectorValues values = reader.getFloatVectorValues(name());
    if (values != null) {
      KnnVectorValues.DocIndexIterator documents = values.iterator();
      if (documents.advance(doc) == doc) {
        builder.array(simpleName(), values.vectorValue(documents.index()));
      }
    }
  }

  @Override
  public ParametrizedFieldMapper.Builder getMergeBuilder() {
    return new OmenVectorFieldBuilder(simpleName()).init(this);
  }

  @Override
  protected String contentType() {
    return CONTENT_TYPE;
  }
}
